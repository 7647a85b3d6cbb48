package dovetail.doctor;

import dovetail.policy.RuleType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether Dovecot has its accounts from here, and tells what it is to tell. */
final class DovecotChecks {
  private static final Pattern PROXY = Pattern.compile("proxy:(/[^:\\s]*):\\S*");
  private static final String QUOTA_CLONE = "quota_clone";
  private static final String LAST_LOGIN = "last_login";

  /** What Dovetail's stored passwords are good for. */
  private static final Set<String> MECHANISMS =
      Set.of("plain", "login", "oauthbearer", "xoauth2", "external", "anonymous");

  private final Own own;
  private final Dovecot dovecot;
  private final DovecotBlock settings;
  private final List<Finding> findings = new ArrayList<>();

  private DovecotChecks(Own own, Dovecot dovecot) {
    this.own = own;
    this.dovecot = dovecot;
    this.settings = dovecot.settings();
  }

  static List<Finding> run(Own own, Dovecot dovecot) {
    if (!own.has(Own.Part.AUTH)) {
      return List.of();
    }
    DovecotChecks checks = new DovecotChecks(own, dovecot);
    checks.accounts();
    checks.masters();
    checks.mechanisms();
    checks.secrecy();
    if (dovecot.is24()) {
      checks.notes24();
    } else {
      checks.notes23();
    }
    return checks.findings;
  }

  private void accounts() {
    List<DovecotBlock> passdbs = settings.of("passdb");
    List<DovecotBlock> userdbs = settings.of("userdb");
    boolean lua = Stream.concat(passdbs.stream(), userdbs.stream()).anyMatch(this::isLua);
    Optional<Path> dict = passdbs.stream().flatMap(block -> dictFile(block).stream()).findFirst();
    if (lua) {
      return;
    }
    if (dict.isPresent() && !dovecot.is24()) {
      dictFile(dict.get());
      if (userdbs.stream().allMatch(block -> dictFile(block).isEmpty())) {
        findings.add(
            Finding.dovecot(
                "no userdb asks Dovetail: deliveries and doveadm do not know where mail is",
                new Fix.Dovecot(DictSettings.userdb(dict.get()))));
      }
      return;
    }
    findings.add(
        Finding.dovecot(
            "no passdb asks Dovetail: its accounts cannot log in", missing().toArray(new Fix[0])));
  }

  private List<Fix> missing() {
    Optional<Path> socket = own.paths(Own.Part.DICT_AUTH).stream().findFirst();
    if (dovecot.is24() || socket.isEmpty()) {
      return List.of(
          new Fix.Advice(
              "dovecot.conf: the settings of /usr/share/dovetail/dovecot/dovecot-"
                  + (dovecot.is24() ? "2.4.conf" : "2.3-lua.conf")));
    }
    Path file = dovecot.file().resolveSibling("dovetail-dict.conf.ext");
    return List.of(
        new Fix.DovecotFile(file, DictSettings.file(socket.get())),
        new Fix.Dovecot(DictSettings.passdb(file) + DictSettings.userdb(file)));
  }

  private boolean isLua(DovecotBlock block) {
    boolean named = block.setting("driver").equals("lua") || block.name().equals("lua");
    return named
        && block
            .all()
            .flatMap(one -> one.settings().values().stream())
            .anyMatch(text -> text.contains("dovetail"));
  }

  /** The file of a dict passdb or userdb that says it is Dovetail's, if only by a wrong path. */
  private Optional<Path> dictFile(DovecotBlock block) {
    if (!block.setting("driver").equals("dict") || !block.setting("args").startsWith("/")) {
      return Optional.empty();
    }
    Path file = Path.of(block.setting("args"));
    String text = dovecot.files().getOrDefault(file, "");
    Matcher proxy = PROXY.matcher(text);
    boolean ours = file.toString().contains("dovetail") || text.contains(":dovetail");
    return ours || (proxy.find() && isAt(Own.Part.DICT_AUTH, proxy.group(1)))
        ? Optional.of(file)
        : Optional.empty();
  }

  private boolean isAt(Own.Part part, String path) {
    return own.paths(part).contains(Path.of(path).normalize());
  }

  private void dictFile(Path file) {
    Optional<Path> socket = own.paths(Own.Part.DICT_AUTH).stream().findFirst();
    if (socket.isEmpty()) {
      findings.add(
          Finding.dovecot(
              file + " asks Dovetail's dict, and auth.dict_auth_listen has no socket",
              new Fix.Advice(
                  "dovetail.toml: [auth] dict_auth_listen = [{ address = \"unix:/run/dovetail/dict-auth\", group = \"dovecot\" }]")));
      return;
    }
    if (!dovecot.files().containsKey(file)) {
      findings.add(
          Finding.dovecot(
              file + " is not there, or may not be read",
              new Fix.DovecotFile(file, DictSettings.file(socket.get()))));
      return;
    }
    String text = dovecot.files().getOrDefault(file, "");
    Matcher proxy = PROXY.matcher(text);
    boolean found = proxy.find();
    if (!found || !isAt(Own.Part.DICT_AUTH, proxy.group(1))) {
      String where = found ? proxy.group(1) : "nowhere";
      findings.add(
          Finding.dovecot(
              "%s leads to %s, where Dovetail does not listen: all logins fail"
                  .formatted(file, where),
              new Fix.DovecotFile(file, DictSettings.file(socket.get()))));
    } else if (!DictSettings.isComplete(text)) {
      findings.add(
          Finding.dovecot(
              "%s lacks %s".formatted(file, String.join(", ", DictSettings.missing(text))),
              new Fix.DovecotFile(file, DictSettings.file(socket.get()))));
    }
  }

  /** Those who ask the auth master socket: lmtp, lda, doveadm. */
  private void masters() {
    for (DovecotBlock block : settings.of("protocol")) {
      String path = block.setting("auth_socket_path");
      if (path.contains("dovetail") && !isAt(Own.Part.USERDB, path)) {
        findings.add(
            Finding.dovecot(
                "auth_socket_path of protocol %s is %s, where Dovetail does not listen: mail is put off"
                    .formatted(block.name(), path),
                own.paths(Own.Part.USERDB).stream()
                    .findFirst()
                    .<Fix>map(socket ->
                        new Fix.Dovecot(
                            "protocol %s {\n  auth_socket_path = %s\n}\n"
                                .formatted(block.name(), socket)))
                    .orElseGet(() ->
                        new Fix.Advice(
                            "dovetail.toml: [auth] userdb_listen = [\"unix:/run/dovetail/auth-userdb\"]"))));
      }
    }
  }

  private void mechanisms() {
    List<String> others =
        Words.of(settings.setting("auth_mechanisms")).stream()
            .filter(word -> !MECHANISMS.contains(word))
            .toList();
    if (!others.isEmpty()) {
      findings.add(
          Finding.dovecot(
              "auth_mechanisms offers %s, for which the stored passwords are no use: programs that choose it cannot log in"
                  .formatted(String.join(", ", others)),
              new Fix.Dovecot("auth_mechanisms = plain login\n")));
    }
  }

  private void secrecy() {
    if (settings.setting("auth_debug_passwords").equals("yes")) {
      findings.add(
          Finding.dovecot(
              "auth_debug_passwords = yes: passwords stand in the log",
              new Fix.Dovecot("auth_debug_passwords = no\n")));
    }
    String verbose = settings.setting("auth_verbose_passwords");
    if (verbose.equals("yes") || verbose.startsWith("plain")) {
      findings.add(
          Finding.dovecot(
              "auth_verbose_passwords = %s: wrong passwords, which often are right elsewhere, stand in the log"
                  .formatted(verbose),
              new Fix.Dovecot("auth_verbose_passwords = no\n")));
    }
    boolean clear =
        dovecot.is24()
            ? settings.setting("auth_allow_cleartext").equals("yes")
            : settings.setting("disable_plaintext_auth").equals("no");
    if (clear && !settings.setting("ssl").equals("required")) {
      findings.add(
          Finding.dovecot(
              "passwords are taken over connections without encryption",
              new Fix.Dovecot(
                  dovecot.is24()
                      ? "auth_allow_cleartext = no\n"
                      : "disable_plaintext_auth = yes\n")));
    }
  }

  private void notes23() {
    String plugins =
        settings
            .all()
            .map(block -> block.setting("mail_plugins"))
            .reduce("", (one, other) -> one + " " + other);
    note23(QUOTA_CLONE, "quota_clone_dict", plugins);
    note23(LAST_LOGIN, "last_login_dict", plugins);
    Optional<DovecotBlock> plugin = settings.of("plugin").stream().findFirst();
    String key = plugin.map(block -> block.setting("last_login_key")).orElse("");
    String dict = plugin.map(block -> block.setting("last_login_dict")).orElse("");
    if (!dict.isEmpty() && !key.isEmpty() && !key.startsWith("last-login/%u")) {
      findings.add(
          Finding.dovecot(
              "last_login_key = %s is no key that Dovetail keeps".formatted(key),
              new Fix.Dovecot("plugin {\n  last_login_key = last-login/%u/%s\n}\n")));
    }
    boolean rule = own.rules().stream().anyMatch(one -> one.type() == RuleType.QUOTA);
    if (rule && plugin.map(block -> block.setting("quota_clone_dict")).orElse("").isEmpty()) {
      findings.add(
          Finding.dovecot(
              "the policy rule \"quota\" does nothing: nobody tells Dovetail what mailboxes hold (quota_clone)",
              own.paths(Own.Part.DICT).stream()
                  .findFirst()
                  .<Fix>map(socket -> new Fix.Dovecot(DictSettings.quota(socket)))
                  .orElseGet(DovecotChecks::noDict)));
    }
  }

  private static Fix noDict() {
    return new Fix.Advice(
        "dovetail.toml: [auth] dict_listen = [{ address = \"unix:/run/dovetail/dict\", group = \"vmail\" }]");
  }

  private void note23(String name, String setting, String plugins) {
    String value =
        settings.of("plugin").stream().map(block -> block.setting(setting)).findFirst().orElse("");
    Matcher proxy = PROXY.matcher(value);
    boolean ours = proxy.matches() && value.contains("dovetail");
    if (ours && !isAt(Own.Part.DICT, proxy.group(1))) {
      findings.add(
          Finding.dovecot(
              "%s leads to %s, where Dovetail does not listen".formatted(setting, proxy.group(1)),
              own.paths(Own.Part.DICT).stream()
                  .findFirst()
                  .<Fix>map(socket ->
                      new Fix.Dovecot(
                          "plugin {\n  %s = proxy:%s:dovetail\n}\n".formatted(setting, socket)))
                  .orElseGet(DovecotChecks::noDict)));
    }
    if (ours && !Words.of(plugins).contains(name)) {
      findings.add(
          Finding.dovecot(
              "%s is set, and mail_plugins lacks %s: nothing is told".formatted(setting, name),
              new Fix.Dovecot("mail_plugins = $mail_plugins " + name + "\n")));
    }
  }

  private void notes24() {
    for (String name : List.of(QUOTA_CLONE, LAST_LOGIN)) {
      for (DovecotBlock block : settings.of(name)) {
        block
            .all()
            .map(one -> one.setting("dict_proxy_socket_path"))
            .filter(path -> path.contains("dovetail") && !isAt(Own.Part.DICT, path))
            .forEach(path ->
                findings.add(
                    Finding.dovecot(
                        "%s leads to %s, where Dovetail does not listen".formatted(name, path),
                        own.paths(Own.Part.DICT).stream()
                            .findFirst()
                            .<Fix>map(socket ->
                                new Fix.Advice(
                                    "dovecot.conf: %s { dict proxy { dict_proxy_socket_path = %s } }"
                                        .formatted(name, socket)))
                            .orElseGet(DovecotChecks::noDict))));
      }
    }
  }
}
