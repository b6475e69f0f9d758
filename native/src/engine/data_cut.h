#ifndef RTMS_ENGINE_DATA_CUT_H
#define RTMS_ENGINE_DATA_CUT_H

#include <cstddef>
#include <string>
#include <string_view>

namespace rtms {

/// A message in two parts: its frame's data, which are nearly all of it, and the rest, where a placeholder stands for
/// them. So the JSON can be read without a pass over the data.
///
/// Threads: one at a time.
class DataCut {
  public:
    /// Throws std::bad_alloc.
    DataCut();

    /// Cuts out the characters between the quotes of the first value named "data". False where there is none, where
    /// they are too few to be worth it, or where what is around them is too long.
    bool cut(std::string_view text);

    /// The characters as they stand in the text, escapes and all.
    std::string_view data() const { return data_; }

    /// The text without them. A JSON string begins and ends where they did if it comes back from parsing as the
    /// placeholder. Bytes that a parser may read are behind it.
    std::string_view rest() const { return {rest_.data(), size_}; }

    /// As good as unknown to whoever writes messages.
    const std::string &placeholder() const { return placeholder_; }

  private:
    const std::string placeholder_;
    std::string_view data_;
    std::string rest_;
    std::size_t size_ = 0;
};

} // namespace rtms

#endif
