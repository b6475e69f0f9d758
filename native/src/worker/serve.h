#ifndef RTMS_WORKER_SERVE_H
#define RTMS_WORKER_SERVE_H

#include <string>

namespace rtms {

/// Runs a loop with the descriptors that a worker is started with, until its owner closes the channel, or is gone.
/// Throws where they are not what they should be.
void serve(const std::string &name);

} // namespace rtms

/// The same for rtms-worker, which looks this function up: the process's exit status.
extern "C" int rtms_worker_run(const char *name);

#endif
