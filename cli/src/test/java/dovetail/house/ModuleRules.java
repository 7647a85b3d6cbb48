package dovetail.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/** Who may see whom, from module to module. */
final class ModuleRules {
  private static final String[] SERVER = {
    "dovetail.server..", "dovetail.http..", "dovetail.config..", "dovetail.observe.."
  };
  private static final String[] MAIL = {
    "dovetail.mail..", "dovetail.dns..", "dovetail.tag..", "dovetail.srs..", "dovetail.outbox.."
  };
  private static final String[] MAILAUTH = {
    "dovetail.dkim..",
    "dovetail.spf..",
    "dovetail.iprev..",
    "dovetail.dmarc..",
    "dovetail.arc..",
    "dovetail.authres.."
  };
  private static final String[] STORE = {
    "dovetail.directory..",
    "dovetail.counter..",
    "dovetail.keys..",
    "dovetail.ledger..",
    "dovetail.store.."
  };
  private static final String[] LOOKUP = {"dovetail.lookup.."};
  private static final String[] POLICY = {"dovetail.policy.."};
  private static final String[] AUTH = {"dovetail.auth.."};
  private static final String[] MILTER = {"dovetail.milter.."};
  private static final String[] DAEMONS = join(join(MILTER, POLICY), join(LOOKUP, AUTH));
  private static final String[] CLI = {"dovetail.serve..", "dovetail.cli..", "dovetail.doctor.."};

  private ModuleRules() {}

  static List<HouseRule> all() {
    return Stream.of(ofLibraries(), ofDaemons(), ofAll()).flatMap(List::stream).toList();
  }

  private static List<HouseRule> ofLibraries() {
    return List.of(
        HouseRule.of(
            sees(SERVER, SERVER),
            "package dovetail.observe; final class Planted { dovetail.mail.Domain domain; }"),
        HouseRule.of(
            sees(MAIL, MAIL),
            "package dovetail.mail; final class Planted { dovetail.server.Network network; }"),
        HouseRule.of(
            sees(only("dovetail.mail.."), only("dovetail.mail..")),
            "package dovetail.mail; final class Planted { dovetail.dns.Resolver resolver; }"),
        HouseRule.of(
            sees(only("dovetail.tag.."), new String[] {"dovetail.tag..", "dovetail.mail.."}),
            "package dovetail.tag; final class Planted { dovetail.dns.Resolver resolver; }"),
        HouseRule.of(
            sees(only("dovetail.srs.."), new String[] {"dovetail.srs..", "dovetail.mail.."}),
            "package dovetail.srs; final class Planted { dovetail.dns.Resolver resolver; }"),
        HouseRule.of(
            sees(only("dovetail.outbox.."), new String[] {"dovetail.outbox..", "dovetail.mail.."}),
            "package dovetail.outbox; final class Planted { dovetail.dns.Resolver resolver; }"),
        HouseRule.of(
            sees(only("dovetail.dkim.."), join(only("dovetail.dkim.."), MAIL)),
            "package dovetail.dkim; final class Planted { dovetail.authres.AuthservId id; }"),
        HouseRule.of(
            sees(only("dovetail.spf.."), join(only("dovetail.spf.."), MAIL)),
            "package dovetail.spf; final class Planted { dovetail.authres.AuthservId id; }"),
        HouseRule.of(
            sees(only("dovetail.iprev.."), join(only("dovetail.iprev.."), MAIL)),
            "package dovetail.iprev; final class Planted { dovetail.authres.AuthservId id; }"),
        HouseRule.of(
            sees(only("dovetail.dmarc"), join(only("dovetail.dmarc"), MAIL)),
            "package dovetail.dmarc; final class Planted { dovetail.dkim.DkimResult result; }"),
        HouseRule.of(
            sees(
                only("dovetail.dmarc.report.."),
                join(new String[] {"dovetail.dmarc..", "dovetail.dkim..", "dovetail.spf.."}, MAIL)),
            "package dovetail.dmarc.report; final class Planted {"
                + " dovetail.authres.AuthservId id; }"),
        HouseRule.of(
            sees(only("dovetail.authres.."), join(only("dovetail.authres.."), MAIL)),
            "package dovetail.authres; final class Planted { dovetail.config.Settings settings; }"),
        HouseRule.of(
            sees(only("dovetail.arc.."), join(MAILAUTH, MAIL)),
            "package dovetail.arc; final class Planted { dovetail.config.Settings settings; }"),
        HouseRule.of(
            sees(STORE, join(STORE, MAIL)),
            "package dovetail.keys; final class Planted { dovetail.dkim.DkimKey key; }"),
        HouseRule.of(
            sees(
                only("dovetail.directory.search.."),
                new String[] {
                  "dovetail.directory", "dovetail.directory.search..", "dovetail.mail.."
                }),
            "package dovetail.directory.search; final class Planted {"
                + " dovetail.directory.edit.Kind kind; }"));
  }

  private static List<HouseRule> ofDaemons() {
    return List.of(
        HouseRule.of(
            sees(LOOKUP, join(join(LOOKUP, SERVER), join(MAIL, STORE))),
            "package dovetail.lookup; final class Planted { dovetail.dkim.DkimKey key; }"),
        HouseRule.of(
            sees(POLICY, join(join(POLICY, STORE), join(SERVER, join(MAIL, MAILAUTH)))),
            "package dovetail.policy; final class Planted { dovetail.milter.MilterService one; }"),
        HouseRule.of(
            sees(AUTH, join(join(AUTH, SERVER), join(MAIL, STORE))),
            "package dovetail.auth; final class Planted { dovetail.dkim.DkimKey key; }"),
        HouseRule.of(
            sees(MILTER, join(join(MILTER, STORE), join(SERVER, join(MAIL, MAILAUTH)))),
            "package dovetail.milter; final class Planted { dovetail.serve.Configuration all; }"),
        HouseRule.of(
            sees(
                only("dovetail.serve.."),
                join(
                    join(only("dovetail.serve.."), DAEMONS),
                    join(join(SERVER, STORE), join(MAIL, MAILAUTH)))),
            "package dovetail.serve; final class Planted { dovetail.cli.Main main; }"));
  }

  private static List<HouseRule> ofAll() {
    return List.of(
        HouseRule.of(
            noClasses()
                .that()
                .resideOutsideOfPackages(join(DAEMONS, CLI))
                .should()
                .dependOnClassesThat(resideInAnyPackage(DAEMONS))
                .as("nobody but the wiring and the commands sees a daemon"),
            "package dovetail.http; final class Planted { dovetail.milter.MilterService one; }"),
        HouseRule.of(
            noClasses()
                .that()
                .resideOutsideOfPackages(join(only("dovetail.store.sql.."), CLI))
                .should()
                .dependOnClassesThat(resideInAPackage("dovetail.store.sql.."))
                .as("nobody but the wiring and the commands sees the databases"),
            "package dovetail.lookup; final class Planted { dovetail.store.sql.Store store; }"),
        HouseRule.of(
            noClasses()
                .that()
                .resideInAPackage("dovetail.milter..")
                .and()
                .resideOutsideOfPackages("dovetail.milter.source..", "dovetail.milter.report..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(STORE))
                .as("of the milter only its source and its reports see the store"),
            "package dovetail.milter.filter; final class Planted {"
                + " dovetail.keys.StoredKey key; }"),
        HouseRule.of(
            noClasses()
                .that()
                .resideInAPackage("dovetail.milter.report..")
                .should()
                .dependOnClassesThat(
                    resideInAnyPackage(
                        "dovetail.directory",
                        "dovetail.directory.search..",
                        "dovetail.keys..",
                        "dovetail.store.."))
                .as("of the store reports see only the ledger"),
            "package dovetail.milter.report; final class Planted {"
                + " dovetail.keys.StoredKey key; }"),
        HouseRule.of(
            classes()
                .should()
                .resideInAnyPackage(
                    join(join(SERVER, MAIL), join(join(MAILAUTH, STORE), join(DAEMONS, CLI))))
                .as("every package belongs to a module that these rules know"),
            "package dovetail.elsewhere; final class Planted {}"),
        new HouseRule(
            slices()
                .matching("dovetail.(**)")
                .should()
                .beFreeOfCycles()
                .as("packages see one another in no circle"),
            "Ring",
            List.of(
                "package dovetail.mail; public final class Ring { dovetail.mail.sub.Other other; }",
                "package dovetail.mail.sub; public final class Other { dovetail.mail.Ring ring; }")));
  }

  private static ArchRule sees(String[] from, String[] allowed) {
    return noClasses()
        .that()
        .resideInAnyPackage(from)
        .should()
        .dependOnClassesThat(resideInAPackage("dovetail..").and(resideOutsideOfPackages(allowed)))
        .as(String.join(", ", from) + " see of ours only " + String.join(", ", allowed));
  }

  private static String[] only(String name) {
    return new String[] {name};
  }

  private static String[] join(String[] some, String[] others) {
    return Stream.of(some, others).flatMap(Stream::of).toArray(String[]::new);
  }
}
