package dovetail.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.crypto.digests.MD4Digest;

/** Which libraries are seen where, so that each can be replaced in one place. */
final class LibraryRules {
  private LibraryRules() {}

  static List<HouseRule> all() {
    return Stream.of(ofMail(), ofDaemons(), ofKeys()).flatMap(List::stream).toList();
  }

  private static List<HouseRule> ofMail() {
    return List.of(
        HouseRule.of(
            only("org.xbill..", "dovetail.dns.dnsjava"),
            "package dovetail.dns; final class Planted { org.xbill.DNS.Lookup lookup; }"),
        HouseRule.of(
            only(
                "dovetail.dns.dnsjava..", "dovetail.dns.dnsjava", "dovetail.serve", "dovetail.cli"),
            "package dovetail.dns; final class Planted {"
                + " dovetail.dns.dnsjava.DnsSettings settings; }"),
        HouseRule.of(
            only(
                "com.github.benmanes.caffeine..",
                "dovetail.dns",
                "dovetail.auth.answer",
                "dovetail.dkim",
                "dovetail.spf",
                "dovetail.dmarc",
                "dovetail.directory",
                "dovetail.lookup.mtasts",
                "dovetail.policy.rule",
                "dovetail.policy.source"),
            "package dovetail.mail; final class Planted {"
                + " com.github.benmanes.caffeine.cache.Cache<String, String> cache; }"),
        HouseRule.of(
            only("jakarta..", "dovetail.outbox"),
            "package dovetail.mail; final class Planted { jakarta.mail.Session session; }"),
        HouseRule.of(
            only("org.eclipse.angus..", "dovetail.outbox"),
            "package dovetail.serve; final class Planted {"
                + " org.eclipse.angus.mail.smtp.SMTPTransport relay; }"),
        HouseRule.of(
            only("com.ibm.icu..", "dovetail.mail"),
            "package dovetail.authres; final class Planted { com.ibm.icu.text.IDNA names; }"));
  }

  private static List<HouseRule> ofDaemons() {
    return List.of(
        HouseRule.of(
            only("java.sql..", "dovetail.store.sql"),
            "package dovetail.serve; final class Planted { java.sql.Date date; }"),
        HouseRule.of(
            only("com.zaxxer.hikari..", "dovetail.store.sql"),
            "package dovetail.serve; final class Planted { com.zaxxer.hikari.HikariConfig pool; }"),
        HouseRule.of(
            only("org.sqlite..", "dovetail.store.sql"),
            "package dovetail.serve; final class Planted { org.sqlite.SQLiteConfig config; }"),
        HouseRule.of(
            only("org.apache.commons.csv..", "dovetail.cli"),
            "package dovetail.serve; final class Planted {"
                + " org.apache.commons.csv.CSVFormat format; }"),
        HouseRule.of(
            only("picocli..", "dovetail.cli"),
            "package dovetail.serve; final class Planted { picocli.CommandLine command; }"),
        HouseRule.of(
            only("org.tomlj..", "dovetail.config"),
            "package dovetail.milter; final class Planted { org.tomlj.TomlTable table; }"),
        HouseRule.of(
            only("ch.qos.logback..", "dovetail.observe"),
            "package dovetail.server; final class Planted { ch.qos.logback.classic.Logger log; }"),
        HouseRule.of(
            only("tools.jackson..", "dovetail.observe", "dovetail.cli"),
            "package dovetail.http; final class Planted { tools.jackson.core.JsonGenerator out; }"),
        HouseRule.of(
            only(
                "io.prometheus..",
                "dovetail.observe",
                "dovetail.server",
                "dovetail.http",
                "dovetail.milter",
                "dovetail.lookup",
                "dovetail.policy",
                "dovetail.auth",
                "dovetail.serve"),
            "package dovetail.milter.session; final class Planted {"
                + " io.prometheus.metrics.core.metrics.Counter counter; }"),
        HouseRule.of(
            only("javax.net.ssl..", "dovetail.lookup.mtasts", "dovetail.outbox"),
            "package dovetail.http; final class Planted { javax.net.ssl.SSLSocket socket; }"),
        HouseRule.of(
            only("java.net.http..", "dovetail.lookup.mtasts"),
            "package dovetail.http; final class Planted { java.net.http.HttpClient client; }"),
        HouseRule.of(
            only("com.sun.net.httpserver..", "dovetail.http"),
            "package dovetail.serve; final class Planted {"
                + " com.sun.net.httpserver.HttpServer server; }"),
        HouseRule.of(
            only("java.lang.foreign..", "dovetail.observe", "dovetail.auth.password"),
            "package dovetail.server; final class Planted {"
                + " java.lang.foreign.MemorySegment memory; }"));
  }

  private static List<HouseRule> ofKeys() {
    return List.of(
        HouseRule.of(
            only("org.bouncycastle..", "dovetail.dkim", "dovetail.auth.password"),
            "package dovetail.cli; final class Planted {"
                + " org.bouncycastle.util.io.pem.PemReader reader; }"),
        HouseRule.of(
            only("com.nimbusds..", "dovetail.auth.token"),
            "package dovetail.auth.answer; final class Planted {"
                + " com.nimbusds.jwt.JWTClaimsSet claims; }"),
        HouseRule.of(
            only("com.eatthepath..", "dovetail.auth.password"),
            "package dovetail.cli; final class Planted {"
                + " com.eatthepath.otp.HmacOneTimePasswordGenerator generator; }"),
        HouseRule.of(
            only("org.apache.commons.codec..", "dovetail.auth.password"),
            "package dovetail.cli; final class Planted {"
                + " org.apache.commons.codec.binary.Base64 base64; }"),
        HouseRule.of(
            noClasses()
                .should()
                .dependOnClassesThat(
                    resideInAnyPackage(
                            "org.bouncycastle.crypto.digests..",
                            "org.bouncycastle.crypto.signers..",
                            "org.bouncycastle.crypto.engines..",
                            "org.bouncycastle.jcajce..",
                            "org.bouncycastle.jce..")
                        // The JDK has none.
                        .and(not(type(MD4Digest.class))))
                .as("Bouncy Castle reads keys, but never hashes nor signs: it is slow at both"),
            "package dovetail.dkim; final class Planted {"
                + " org.bouncycastle.crypto.digests.SHA256Digest digest; }"));
  }

  private static ArchRule only(String library, String... places) {
    return noClasses()
        .that()
        .resideInAPackage("dovetail..")
        .and()
        .resideOutsideOfPackages(places)
        .should()
        .dependOnClassesThat(resideInAPackage(library))
        .as(library + " is seen only in " + String.join(", ", places));
  }
}
