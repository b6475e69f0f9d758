#ifndef RTMS_TEST_SUPPORT_CERTIFICATES_H
#define RTMS_TEST_SUPPORT_CERTIFICATES_H

#include <string>

namespace rtms::test {

/// A self-signed certificate, made on the spot, in PEM.
struct Certificate {
    std::string certificate;
    std::string key;

    /// subjectAltName as OpenSSL writes it, e.g. "DNS:localhost" or "IP:127.0.0.1".
    explicit Certificate(const std::string &subjectAltName);
};

/// A file with this text that is removed again.
class TemporaryFile {
  public:
    explicit TemporaryFile(const std::string &text);
    ~TemporaryFile();
    TemporaryFile(const TemporaryFile &) = delete;
    TemporaryFile &operator=(const TemporaryFile &) = delete;

    const std::string &path() const { return path_; }

  private:
    std::string path_;
};

} // namespace rtms::test

#endif
