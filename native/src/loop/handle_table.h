#ifndef RTMS_LOOP_HANDLE_TABLE_H
#define RTMS_LOOP_HANDLE_TABLE_H

#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace rtms {

/// Gives objects numbers that are never given twice, so that a stale number finds nothing.
///
/// Threads: any.
template <class Object> class HandleTable {
  public:
    /// A number for an object that is about to be added.
    std::int64_t reserve() {
        const std::scoped_lock lock(mutex_);
        return ++last_;
    }

    void add(std::int64_t handle, std::shared_ptr<Object> object) {
        const std::scoped_lock lock(mutex_);
        objects_.emplace(handle, std::move(object));
    }

    /// nullptr for an unknown number.
    std::shared_ptr<Object> find(std::int64_t handle) const {
        const std::scoped_lock lock(mutex_);
        const auto found = objects_.find(handle);
        return found == objects_.end() ? nullptr : found->second;
    }

    /// Takes the object out; nullptr for an unknown number. Of several callers only one gets it.
    std::shared_ptr<Object> take(std::int64_t handle) {
        const std::scoped_lock lock(mutex_);
        auto node = objects_.extract(handle);
        return node.empty() ? nullptr : std::move(node.mapped());
    }

    template <class Condition> void eraseIf(Condition condition) {
        std::unordered_map<std::int64_t, std::shared_ptr<Object>> erased; // their destructors run outside the lock
        const std::scoped_lock lock(mutex_);
        for (auto entry = objects_.begin(); entry != objects_.end();) {
            const auto next = std::next(entry);
            if (condition(*entry->second)) {
                erased.insert(objects_.extract(entry));
            }
            entry = next;
        }
    }

  private:
    mutable std::mutex mutex_;
    std::int64_t last_ = 0;
    std::unordered_map<std::int64_t, std::shared_ptr<Object>> objects_;
};

} // namespace rtms

#endif
