#include "support/certificates.h"

#include <memory>
#include <stdexcept>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <unistd.h>

namespace rtms::test {

namespace {

std::string textOf(BIO *bio) {
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    std::string text(bytes, static_cast<std::size_t>(size));
    BIO_free(bio);
    return text;
}

void addExtension(X509 *certificate, int number, const std::string &value) {
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
        X509V3_EXT_conf_nid(nullptr, nullptr, number, value.c_str()), X509_EXTENSION_free);
    X509_add_ext(certificate, extension.get(), -1);
}

} // namespace

Certificate::Certificate(const std::string &subjectAltName) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> pair(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> x509(X509_new(), X509_free);
    X509_set_version(x509.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(x509.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(x509.get()), 3600);
    X509_set_pubkey(x509.get(), pair.get());
    X509_NAME *name = X509_get_subject_name(x509.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char *>("rtms test"), -1, -1,
                               0);
    X509_set_issuer_name(x509.get(), name);
    addExtension(x509.get(), NID_basic_constraints, "critical,CA:TRUE");
    addExtension(x509.get(), NID_subject_alt_name, subjectAltName);
    if (X509_sign(x509.get(), pair.get(), EVP_sha256()) == 0) {
        throw std::runtime_error("X509_sign");
    }
    BIO *certificateText = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(certificateText, x509.get());
    certificate = textOf(certificateText);
    BIO *keyText = BIO_new(BIO_s_mem());
    PEM_write_bio_PrivateKey(keyText, pair.get(), nullptr, nullptr, 0, nullptr, nullptr);
    key = textOf(keyText);
}

TemporaryFile::TemporaryFile(const std::string &text) {
    std::string pattern = "/tmp/rtms-test-XXXXXX";
    const int descriptor = ::mkstemp(pattern.data());
    if (descriptor < 0 || ::write(descriptor, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
        throw std::runtime_error("temporary file");
    }
    ::close(descriptor);
    path_ = pattern;
}

TemporaryFile::~TemporaryFile() { ::unlink(path_.c_str()); }

} // namespace rtms::test
