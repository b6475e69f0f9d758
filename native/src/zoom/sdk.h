#ifndef RTMS_ZOOM_SDK_H
#define RTMS_ZOOM_SDK_H

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

#include <rtms_sdk.h>

namespace rtms::zoom {

/// Zoom's header is the user's: which fields there are is known, but neither their order nor their exact types. What
/// follows reads and sets a field whatever it is declared as.

/// Zoom's SDK gives pointers that were never set; nothing lies below this address.
constexpr std::uintptr_t lowestAddress = 0x10000;
/// More than any text that Zoom sends in a structure.
constexpr std::size_t longestText = 4096;

template <class Pointer> bool isUsable(const Pointer *pointer) {
    return reinterpret_cast<std::uintptr_t>(pointer) >= lowestAddress;
}

/// A text that may be a pointer, an array that nothing terminates, or a string.
template <class Field> std::string_view textOf(const Field &field) {
    if constexpr (std::is_array_v<Field>) {
        return {field, ::strnlen(field, std::extent_v<Field>)};
    } else if constexpr (std::is_pointer_v<Field>) {
        return isUsable(field) ? std::string_view(field, ::strnlen(field, longestText)) : std::string_view();
    } else {
        return field;
    }
}

/// A structure that may be there itself or be pointed at; nullptr where the pointer is no usable one.
template <class Field> const auto *structureOf(const Field &field) {
    if constexpr (std::is_pointer_v<Field>) {
        return isUsable(field) ? field : nullptr;
    } else {
        return &field;
    }
}

template <class Field> std::int64_t numberOf(const Field &field) { return static_cast<std::int64_t>(field); }

/// Sets a number or an enumeration.
template <class Field> void assign(Field &field, std::int64_t value) { field = static_cast<Field>(value); }

/// Sets a structure, or a pointer to it: then it has to outlive the use.
template <class Field, class Structure> void give(Field &field, Structure &structure) {
    if constexpr (std::is_pointer_v<Field>) {
        field = &structure;
    } else {
        field = structure;
    }
}

inline auto &provider() {
    auto &&instance = rtms_sdk_provider::instance();
    if constexpr (std::is_pointer_v<std::remove_reference_t<decltype(instance)>>) {
        return *instance;
    } else {
        return instance;
    }
}

/// What a call answers, in words.
std::string describe(const char *call, int code);

/// RTMS_E_* of what a call answers.
std::int32_t errorOf(int code);

} // namespace rtms::zoom

#endif
