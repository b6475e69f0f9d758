// rtms-worker LIBRARY NAME: the process of one loop. It is started by whoever has loaded librtms.so, with the
// descriptors that worker/process.h names; LIBRARY says whose engine it runs.

#include <cstdio>
#include <cstdlib>

#include <dlfcn.h>

int main(int count, char **arguments) {
    if (count != 3) {
        std::fprintf(stderr, "rtms-worker is started by rtms-service, not by hand\n");
        return EXIT_FAILURE;
    }
    void *library = ::dlopen(arguments[1], RTLD_NOW);
    void *run = library == nullptr ? nullptr : ::dlsym(library, "rtms_worker_run");
    if (run == nullptr) {
        std::fprintf(stderr, "rtms-worker: %s\n", ::dlerror());
        return EXIT_FAILURE;
    }
    // At once, without the ends that libraries have prepared for a process: the loop has ended already.
    std::_Exit(reinterpret_cast<int (*)(const char *)>(run)(arguments[2]));
}
