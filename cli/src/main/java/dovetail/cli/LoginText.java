package dovetail.cli;

import dovetail.auth.answer.DovecotSeries;
import dovetail.auth.answer.LoginExplanation.Credential;
import dovetail.auth.answer.LoginExplanation.Door;
import dovetail.auth.answer.LoginExplanation.KeptOut;
import dovetail.auth.answer.LoginExplanation.Ruling;
import dovetail.auth.answer.LoginTrial;
import dovetail.auth.answer.Reason;
import dovetail.auth.answer.User;
import dovetail.directory.Account;
import dovetail.directory.AppPassword;
import dovetail.directory.LoginService;
import dovetail.directory.Usage;
import dovetail.directory.login.Block;
import dovetail.mail.Address;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is known of a login, for people. */
final class LoginText {
  private final LoginTrial.Asked asked;
  private final List<String> lines = new ArrayList<>();

  LoginText(LoginTrial.Asked asked) {
    this.asked = asked;
  }

  List<String> lines(LoginFacts facts) {
    switch (facts) {
      case LoginFacts.Nobody(String why, KeptOut keptOut) -> {
        line("account", asked.user().replaceAll("\\p{C}", "?") + " is " + why);
        keptOut(keptOut);
      }
      case LoginFacts.Known known -> known(known);
    }
    return lines;
  }

  private void line(String what, String text) {
    lines.add("%-13s %s".formatted(what, text));
  }

  private void known(LoginFacts.Known known) {
    Account account = known.account();
    if (!known.served()) {
      line("service", "switched off (auth.enabled); this is what it would say");
    }
    line("account", name(account.address()));
    line(
        "domain",
        account.active() ? "in use" : "switched off, or the name by which it was asked for is");
    line("rights", rights(account));
    for (Credential one : known.explanation().credentials()) {
      String what = one.app().isPresent() ? "app password" : "password";
      line(what, credential(one, known));
    }
    if (known.explanation().credentials().isEmpty()) {
      line("password", "none, so nobody can log in");
    }
    known.explanation().doors().forEach(door -> door(door, known));
    keptOut(known.explanation().keptOut());
    known
        .last()
        .forEach(login ->
            line(
                "last login",
                "%s %s %s".formatted(login.service(), login.time(), login.client()).strip()));
    place(known.place());
  }

  private String name(Address address) {
    boolean other =
        Address.parse(asked.user()).map(Address::canonical).filter(address::equals).isEmpty();
    return other ? address + ", of whose domain this is another name" : address.toString();
  }

  private static String rights(Account account) {
    String services = words(account.services());
    return (services.isEmpty() ? "no logins" : services)
        + (account.send() ? "" : ", may not send")
        + (account.receive() ? "" : ", takes no mail")
        + from(account.networks());
  }

  private static String words(Set<LoginService> services) {
    return services.stream().sorted().map(LoginService::word).collect(Collectors.joining(" "));
  }

  private static String from(List<String> networks) {
    return networks.isEmpty() ? "" : ", from " + String.join(" ", networks) + " only";
  }

  private String credential(Credential one, LoginFacts.Known known) {
    String scheme = one.scheme().isEmpty() ? "unknown scheme" : "{" + one.scheme() + "}";
    String text =
        scheme + one.refusal().map(why -> ", not to be compared: " + why.text()).orElse("");
    if (one.app().isPresent()) {
      return app(one.app().get(), text, known);
    }
    if (one.keys()) {
      return text + ", keys for SCRAM-SHA-256";
    }
    return known.scram() ? text + ", no keys for SCRAM-SHA-256 yet" : text;
  }

  private String app(AppPassword app, String scheme, LoginFacts.Known known) {
    String used =
        Optional.ofNullable(known.used().get(app.label()))
            .map(time -> ", last used " + time)
            .orElse(", never used");
    return app.label()
        + ": "
        + scheme
        + ", "
        + words(app.services())
        + from(app.networks())
        + app.expires().map(this::end).orElse("")
        + used;
  }

  private String end(Instant end) {
    return asked.at().isBefore(end) ? ", until " + end : ", was good until " + end;
  }

  private void door(Door door, LoginFacts.Known known) {
    String by =
        door.rulings().stream()
            .filter(LoginText::granted)
            .map(ruling -> opener(ruling.credential(), door))
            .collect(Collectors.joining(", "));
    String others =
        door.rulings().stream()
            .filter(ruling -> !granted(ruling))
            .map(ruling -> ruling.credential().name() + ": " + ruling.reason().word())
            .collect(Collectors.joining(", "));
    String opened = by.isEmpty() ? "closed" : "opened by " + by;
    line(door.service(), others.isEmpty() ? opened : opened + "  (" + others + ")");
    boolean offered = known.scram() && !by.isEmpty();
    if (offered && door.code()) {
      line("", "not by SCRAM-SHA-256, which has no place for a code");
    }
  }

  private static boolean granted(Ruling ruling) {
    return ruling.reason().kind() == Reason.Kind.GRANTED;
  }

  private static String opener(Credential credential, Door door) {
    return credential.app().isEmpty() && door.code()
        ? credential.name() + " with a code behind it"
        : credential.name();
  }

  private void keptOut(KeptOut keptOut) {
    keptOut
        .stranger()
        .ifPresent(block -> line("kept out", "clients it has not used, " + until(block)));
    keptOut
        .acquainted()
        .ifPresent(block -> line("kept out", "clients it has used, " + until(block)));
    Set<Block> told =
        Stream.of(keptOut.stranger(), keptOut.acquainted())
            .flatMap(Optional::stream)
            .collect(Collectors.toSet());
    keptOut.all().stream()
        .filter(block -> !told.contains(block))
        .forEach(block -> line("blocked", block.subject().name() + " " + until(block)));
    if (keptOut.all().isEmpty()) {
      line("kept out", "nobody");
    }
  }

  private static String until(Block block) {
    return "until %s: %s (by %s)".formatted(block.until(), block.reason(), block.host());
  }

  private void place(LoginFacts.Place place) {
    String fields =
        place
            .user()
            .map(LoginText::fields)
            .filter(text -> !text.isEmpty())
            .orElse("all as Dovecot has it");
    line("mail", fields);
    line("delivery", place.delivered() ? "lmtp finds it" : "lmtp finds nobody");
    place.usage().map(LoginText::holds).ifPresent(text -> line("holds", text));
  }

  private static String fields(User user) {
    return user.fields(DovecotSeries.V2_3).entrySet().stream()
        .map(field -> field.getKey() + "=" + field.getValue())
        .collect(Collectors.joining(" "));
  }

  private static String holds(Usage usage) {
    return "%d bytes in %d messages".formatted(usage.bytes(), usage.messages());
  }
}
