package dovetail.store.postfixadmin;

import dovetail.directory.edit.Kind;
import dovetail.store.foreign.ForeignRow;
import dovetail.store.postfixadmin.Survey.Taken;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The mailboxes. */
final class MailboxRows {
  static final List<String> COLUMNS =
      List.of(
          "username",
          "password",
          "name",
          "maildir",
          "quota",
          "active",
          "smtp_active",
          "phone",
          "email_other",
          "password_expiry",
          "totp_secret");

  private final ImportOptions options;
  private final PasswordReader passwords;

  MailboxRows(ImportOptions options, PasswordReader passwords) {
    this.options = options;
    this.passwords = passwords;
  }

  Mapped map(ForeignRow row, Survey survey) {
    String address = row.text("username").orElse("");
    if (!options.wants(address.substring(address.lastIndexOf('@') + 1))) {
      return new Mapped.Leave();
    }
    Map<String, String> texts = new TreeMap<>();
    texts.put("address", address);
    row.text("name").map(Mapped::cleaned).ifPresent(name -> texts.put("name", name));
    // Without a limit there as here; what is negative is the same there.
    texts.put("quota", String.valueOf(Math.max(0, row.number("quota").orElse(0))));
    boolean active = row.flag("active", true);
    boolean sends = active && row.flag("smtp_active", true);
    texts.put("receive", active ? "yes" : "no");
    texts.put("send", sends ? "yes" : "no");
    texts.put("logins", !active ? "none" : sends ? "all" : "imap pop3 sieve");
    PasswordReader.Stored password = passwords.read(row.exact("password").orElse(""));
    password.stored().ifPresent(stored -> texts.put("password", stored));
    Optional<String> folder = row.text("maildir");
    if (folder.isPresent() && options.mailBase().isPresent()) {
      String path = folder.get().replaceFirst("/+$", "");
      if (path.startsWith("/") || List.of(path.split("/", -1)).contains("..")) {
        return new Mapped.Bad("maildir: expected a path below the mail base");
      }
      texts.put("home", options.mailBase().get().replaceFirst("/+$", "") + "/" + path);
    }
    Mapped mapped = Mapped.of(Kind.MAILBOX, texts, Taken.MAILBOXES);
    if (mapped instanceof Mapped.Add) {
      password.note().ifPresent(note -> survey.note(note, address));
      noteOthers(row, address, survey);
    }
    return mapped;
  }

  private void noteOthers(ForeignRow row, String address, Survey survey) {
    if (row.text("maildir").isPresent() && options.mailBase().isEmpty()) {
      survey.note(Note.FOLDER, address);
    }
    if (row.text("phone").or(() -> row.text("email_other")).isPresent()) {
      survey.note(Note.CONTACT, address);
    }
    // What PostfixAdmin writes where nothing expires.
    if (row.text("password_expiry").filter(date -> !date.matches("(0000|2000)-.*")).isPresent()) {
      survey.note(Note.PASSWORD_EXPIRY, address);
    }
    if (row.text("totp_secret").isPresent()) {
      survey.note(Note.TOTP, address);
    }
  }
}
