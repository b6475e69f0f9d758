#ifndef RTMS_ENGINE_READ_BUFFER_H
#define RTMS_ENGINE_READ_BUFFER_H

#include <cstddef>
#include <memory>

namespace rtms {

/// The memory that all connections of a loop read into, one after the other: what is read is nearly always handled
/// before another connection reads. So a connection that is idle has no buffer.
///
/// Threads: the loop's.
class ReadBuffer {
  public:
    static constexpr std::size_t bytes = 256U * 1024;

    /// A connection that may have bytes in the buffer which are not handled yet.
    class Tenant {
      public:
        /// Copies them: the buffer goes to another one.
        virtual void keepRest() = 0;

      protected:
        ~Tenant() = default;
    };

    /// Room for so many bytes, with padding for MessageParser behind, until somebody else asks.
    char *lend(Tenant &tenant);

    /// Forgets a tenant that has nothing in it any more.
    void leave(const Tenant &tenant);

  private:
    std::unique_ptr<char[]> memory_; // allocated when it is first used
    Tenant *tenant_ = nullptr;
};

} // namespace rtms

#endif
