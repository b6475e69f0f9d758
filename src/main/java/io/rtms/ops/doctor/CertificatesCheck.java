package io.rtms.ops.doctor;

import io.rtms.stream.App;
import io.rtms.stream.Apps;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The certificate authorities by which Zoom's servers are known. */
@Singleton
class CertificatesCheck implements Check {
    private static final String WHAT = "authorities";
    /** Where Debian and its kin, and the Red Hats, keep them all in one file. */
    private static final List<Path> OF_THE_SYSTEM = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/cert.pem"));

    private final Apps apps;

    CertificatesCheck(Apps apps) {
        this.apps = apps;
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (App app : apps.used()) {
            Finding finding = app.verify()
                    ? of(app.ca())
                    : Finding.warn(
                            WHAT,
                            "Servers are not checked at all: whoever is in between reads and changes what streams carry",
                            "Remove rtms.tls.verify=false (rtms.apps.<name>.verify)");
            if (!findings.contains(finding)) {
                findings.add(finding);
            }
        }
        return findings;
    }

    private static Finding of(Optional<String> file) {
        if (file.isPresent()) {
            return read(
                    Path.of(file.get()),
                    "Name a PEM file in ZM_RTMS_CA (rtms.tls.ca), or leave it empty for the system's authorities");
        }
        return OF_THE_SYSTEM.stream()
                .filter(Files::isReadable)
                .findFirst()
                .map(path -> read(path, "Install the package ca-certificates anew"))
                .orElseGet(() -> Finding.fail(
                        WHAT,
                        "The system has none, so that no server can be trusted",
                        "Install the package ca-certificates, or name a PEM file in ZM_RTMS_CA (rtms.tls.ca)"));
    }

    private static Finding read(Path file, String remedy) {
        try (InputStream pem = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (certificates.isEmpty()) {
                return Finding.fail(WHAT, "%s holds no certificate".formatted(file), remedy);
            }
            long expired =
                    certificates.stream().filter(CertificatesCheck::isExpired).count();
            return expired == certificates.size()
                    ? Finding.fail(WHAT, "All of %s have expired".formatted(file), remedy)
                    : Finding.ok(WHAT, "%d in %s".formatted(certificates.size() - expired, file));
        } catch (IOException e) {
            return Finding.fail(WHAT, "%s cannot be read".formatted(file), remedy);
        } catch (CertificateException e) {
            return Finding.fail(WHAT, "%s is no PEM file of certificates".formatted(file), remedy);
        }
    }

    private static boolean isExpired(Certificate certificate) {
        return certificate instanceof X509Certificate x509
                && x509.getNotAfter().toInstant().isBefore(Instant.now());
    }
}
