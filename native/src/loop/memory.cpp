#include "loop/memory.h"

#include <cerrno>
#include <new>
#include <system_error>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace rtms {

namespace {

std::byte *mapShared(int descriptor, std::size_t bytes) {
    void *place = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (place == MAP_FAILED) {
        throw std::system_error(errno, std::system_category(), "mmap");
    }
    return static_cast<std::byte *>(place);
}

} // namespace

Memory Memory::own(std::size_t bytes) {
    void *place = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (place == MAP_FAILED) {
        throw std::bad_alloc();
    }
    return {static_cast<std::byte *>(place), bytes, -1};
}

Memory Memory::shareable(const char *name, std::size_t bytes) {
    const int descriptor = ::memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (descriptor < 0) {
        throw std::system_error(errno, std::system_category(), "memfd_create");
    }
    Memory memory(nullptr, bytes, descriptor); // closes it where the rest fails
    // Sealed: were the other process to shrink it, reading here would be a SIGBUS.
    if (::ftruncate(descriptor, static_cast<off_t>(bytes)) != 0 ||
        ::fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
        throw std::system_error(errno, std::system_category(), "memfd");
    }
    memory.place_ = mapShared(descriptor, bytes);
    return memory;
}

Memory Memory::of(int descriptor) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) {
        throw std::system_error(errno, std::system_category(), "fstat");
    }
    const auto bytes = static_cast<std::size_t>(status.st_size);
    return {mapShared(descriptor, bytes), bytes, -1};
}

Memory::~Memory() {
    if (place_ != nullptr) {
        ::munmap(place_, bytes_);
    }
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

} // namespace rtms
