package dovetail.cli;

import dovetail.auth.answer.DovecotSeries;
import dovetail.auth.answer.LoginExplanation.Credential;
import dovetail.auth.answer.LoginExplanation.Door;
import dovetail.auth.answer.LoginExplanation.KeptOut;
import dovetail.auth.answer.LoginTrial;
import dovetail.auth.answer.Reason;
import dovetail.auth.answer.User;
import dovetail.directory.Account;
import dovetail.directory.AppPassword;
import dovetail.directory.LoginService;
import dovetail.directory.login.Block;
import dovetail.directory.login.LastLogin;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** What is known of a login, as JSON. */
final class LoginJson {
  private LoginJson() {}

  static void write(JsonGenerator out, LoginTrial.Asked asked, LoginFacts facts) {
    out.writeStartObject();
    out.writeStringProperty("user", asked.user());
    switch (facts) {
      case LoginFacts.Nobody(String why, KeptOut keptOut) -> {
        out.writeBooleanProperty("opens", false);
        out.writeStringProperty("problem", why);
        keptOut(out, keptOut);
      }
      case LoginFacts.Known known -> known(out, known);
    }
    out.writeEndObject();
  }

  private static void known(JsonGenerator out, LoginFacts.Known known) {
    Account account = known.account();
    out.writeBooleanProperty("opens", known.explanation().opens());
    out.writeBooleanProperty("enabled", known.served());
    out.writeBooleanProperty("scram", known.scram());
    out.writeStringProperty("account", account.address().toString());
    out.writeBooleanProperty("active", account.active());
    out.writeBooleanProperty("send", account.send());
    out.writeBooleanProperty("receive", account.receive());
    words(out, account.services());
    JsonOutput.strings(out, "networks", account.networks());
    out.writeBooleanProperty("totp", account.credentials().totp());
    out.writeArrayPropertyStart("passwords");
    for (Credential one : known.explanation().credentials()) {
      credential(out, one, Optional.ofNullable(known.used().get(one.name())));
    }
    out.writeEndArray();
    out.writeArrayPropertyStart("doors");
    known.explanation().doors().forEach(door -> door(out, door));
    out.writeEndArray();
    keptOut(out, known.explanation().keptOut());
    out.writeArrayPropertyStart("logins");
    for (LastLogin login : known.last()) {
      out.writeStartObject();
      out.writeStringProperty("service", login.service());
      out.writeStringProperty("time", login.time().toString());
      out.writeStringProperty("client", login.client());
      out.writeEndObject();
    }
    out.writeEndArray();
    place(out, known.place());
  }

  private static void words(JsonGenerator out, Set<LoginService> services) {
    JsonOutput.strings(
        out, "services", services.stream().sorted().map(LoginService::word).toList());
  }

  private static void credential(JsonGenerator out, Credential one, Optional<String> used) {
    out.writeStartObject();
    out.writeStringProperty("kind", one.app().isPresent() ? "app-password" : "password");
    out.writeStringProperty("scheme", one.scheme());
    one.refusal().ifPresent(why -> out.writeStringProperty("problem", why.text()));
    if (one.app().isPresent()) {
      AppPassword app = one.app().get();
      out.writeStringProperty("label", app.label());
      words(out, app.services());
      JsonOutput.strings(out, "networks", app.networks());
      app.expires().ifPresent(end -> out.writeStringProperty("expires", end.toString()));
      used.ifPresent(time -> out.writeStringProperty("used", time));
    } else {
      out.writeBooleanProperty("scram_keys", one.keys());
    }
    out.writeEndObject();
  }

  private static void door(JsonGenerator out, Door door) {
    out.writeStartObject();
    out.writeStringProperty("service", door.service());
    out.writeBooleanProperty("opens", door.opens());
    out.writeBooleanProperty("code", door.code());
    out.writeArrayPropertyStart("passwords");
    door.rulings()
        .forEach(ruling -> {
          out.writeStartObject();
          ruling.credential().app().ifPresent(app -> out.writeStringProperty("label", app.label()));
          out.writeBooleanProperty("opens", ruling.reason().kind() == Reason.Kind.GRANTED);
          out.writeStringProperty("reason", ruling.reason().word());
          out.writeEndObject();
        });
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void keptOut(JsonGenerator out, KeptOut keptOut) {
    out.writeBooleanProperty("strangers_kept_out", keptOut.stranger().isPresent());
    out.writeBooleanProperty("others_kept_out", keptOut.acquainted().isPresent());
    out.writeArrayPropertyStart("blocks");
    for (Block block : keptOut.all()) {
      out.writeStartObject();
      out.writeStringProperty("kind", block.subject().kind().word());
      out.writeStringProperty("subject", block.subject().name());
      out.writeStringProperty("until", block.until().toString());
      out.writeStringProperty("reason", block.reason());
      out.writeStringProperty("host", block.host());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void place(JsonGenerator out, LoginFacts.Place place) {
    out.writeBooleanProperty("delivered", place.delivered());
    out.writeObjectPropertyStart("userdb");
    place
        .user()
        .map((User user) -> user.fields(DovecotSeries.V2_3))
        .ifPresent(fields -> fields.forEach(out::writeStringProperty));
    out.writeEndObject();
    place
        .usage()
        .ifPresent(usage -> {
          out.writeNumberProperty("bytes", usage.bytes());
          out.writeNumberProperty("messages", usage.messages());
        });
  }
}
