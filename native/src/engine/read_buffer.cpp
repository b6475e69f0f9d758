#include "engine/read_buffer.h"

#include "engine/message_parser.h"

namespace rtms {

char *ReadBuffer::lend(Tenant &tenant) {
    if (tenant_ != nullptr && tenant_ != &tenant) {
        tenant_->keepRest();
    }
    tenant_ = &tenant;
    if (!memory_) {
        memory_ = std::make_unique<char[]>(bytes + MessageParser::padding);
    }
    return memory_.get();
}

void ReadBuffer::leave(const Tenant &tenant) {
    if (tenant_ == &tenant) {
        tenant_ = nullptr;
    }
}

} // namespace rtms
