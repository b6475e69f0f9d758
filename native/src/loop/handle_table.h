#ifndef RTMS_LOOP_HANDLE_TABLE_H
#define RTMS_LOOP_HANDLE_TABLE_H

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rtms {

/// A number that was never given before, whatever for: a stale number finds nothing, and neither does one in the table
/// of another kind.
///
/// Threads: any.
inline std::int64_t nextHandle() {
    static std::atomic<std::int64_t> last{0};
    return ++last;
}

/// Objects by their handles.
///
/// Threads: any.
template <class Object> class HandleTable {
  public:
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

    std::vector<std::shared_ptr<Object>> all() const {
        std::vector<std::shared_ptr<Object>> found;
        const std::scoped_lock lock(mutex_);
        for (const auto &[handle, object] : objects_) {
            found.push_back(object);
        }
        return found;
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
    std::unordered_map<std::int64_t, std::shared_ptr<Object>> objects_;
};

} // namespace rtms

#endif
