package dovetail.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import dovetail.lookup.wire.Reply;
import dovetail.server.Network;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/** Inside the lookup tables: wire knows bytes, map knows meaning and the directory. */
final class LookupRules {
  private LookupRules() {}

  static List<HouseRule> all() {
    return Stream.of(ofParts(), ofMaps()).flatMap(List::stream).toList();
  }

  private static List<HouseRule> ofParts() {
    return List.of(
        HouseRule.of(
            sees("wire", "dovetail.lookup.wire.."),
            "package dovetail.lookup.wire; final class Planted { dovetail.lookup.map.Reason why; }"),
        HouseRule.of(
            sees(
                "map",
                "dovetail.lookup.map..",
                "dovetail.lookup.wire..",
                "dovetail.lookup.mtasts.."),
            "package dovetail.lookup.map; final class Planted {"
                + " dovetail.lookup.LookupService service; }"),
        HouseRule.of(
            noClasses()
                .that()
                .resideInAPackage("dovetail.lookup.mtasts..")
                .should()
                .dependOnClassesThat(
                    resideInAPackage("dovetail..")
                        .and(
                            resideOutsideOfPackages(
                                "dovetail.lookup.mtasts..",
                                "dovetail.mail..",
                                "dovetail.dns",
                                "dovetail.tag..")))
                .as("mtasts sees only what a mail and its DNS are"),
            "package dovetail.lookup.mtasts; final class Planted {"
                + " dovetail.server.Network network; }"));
  }

  private static List<HouseRule> ofMaps() {
    return List.of(
        HouseRule.of(
            map(resideInAPackage("dovetail.lookup.wire..").and(not(Reply.class)))
                .as("map sees of wire only Reply"),
            "package dovetail.lookup.map; final class Planted {"
                + " dovetail.lookup.wire.SocketmapCodec codec; }"),
        HouseRule.of(
            map(resideInAnyPackage(
                        "dovetail.server..",
                        "dovetail.http..",
                        "dovetail.config..",
                        "dovetail.observe..")
                    .and(not(Network.class)))
                .as("map sees of the server only Network"),
            "package dovetail.lookup.map; final class Planted {"
                + " dovetail.server.Connection connection; }"),
        HouseRule.of(
            map(resideInAnyPackage(
                        "java.io..", "java.nio.file..", "java.nio.channels..", "java.net..")
                    .and(
                        not(
                            InetAddress.class,
                            Inet4Address.class,
                            Inet6Address.class,
                            UnknownHostException.class)))
                .as("map sees neither files nor sockets"),
            "package dovetail.lookup.map; final class Planted {"
                + " boolean here(java.nio.file.Path path) { return path.isAbsolute(); } }"),
        HouseRule.of(
            noClasses()
                .that()
                .resideInAPackage("dovetail.lookup..")
                .and()
                .resideOutsideOfPackage("dovetail.lookup.map..")
                .should()
                .dependOnClassesThat(
                    resideInAnyPackage(
                        "dovetail.directory..",
                        "dovetail.keys..",
                        "dovetail.ledger..",
                        "dovetail.store.."))
                .as("of the lookup tables only map sees the store"),
            "package dovetail.lookup; final class Planted { dovetail.directory.Directory all; }"));
  }

  private static ArchRule sees(String part, String... allowed) {
    return noClasses()
        .that()
        .resideInAPackage("dovetail.lookup." + part + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dovetail.lookup..").and(resideOutsideOfPackages(allowed)))
        .as(part + " sees of the lookup tables only " + String.join(", ", allowed));
  }

  private static ArchRule map(DescribedPredicate<JavaClass> barred) {
    return noClasses()
        .that()
        .resideInAPackage("dovetail.lookup.map..")
        .should()
        .dependOnClassesThat(barred);
  }

  private static DescribedPredicate<JavaClass> not(Class<?>... types) {
    return DescribedPredicate.not(belongToAnyOf(types));
  }
}
