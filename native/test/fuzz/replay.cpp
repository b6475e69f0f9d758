// Runs a fuzz target on files, without libFuzzer: every file of the folders that are named.

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size);

int main(int count, char **arguments) {
    int files = 0;
    for (int index = 1; index < count; ++index) {
        for (const auto &entry : std::filesystem::recursive_directory_iterator(arguments[index])) {
            if (!entry.is_regular_file()) {
                continue;
            }
            std::ifstream file(entry.path(), std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(file), {}};
            std::fprintf(stderr, "%s\n", entry.path().c_str()); // where it breaks, the last one is it
            LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t *>(bytes.data()), bytes.size());
            ++files;
        }
    }
    return files == 0 ? 1 : 0;
}
