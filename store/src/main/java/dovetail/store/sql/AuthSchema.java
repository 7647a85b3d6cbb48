package dovetail.store.sql;

import java.util.List;

/** What logins need besides mailboxes and their passwords, as the next steps. */
final class AuthSchema {
  private final Schema schema;

  AuthSchema(Schema schema) {
    this.schema = schema;
  }

  List<String> steps() {
    return List.of(
        appPasswords(),
        accountNetworks(),
        accountTotp(),
        lastLogins(),
        loginBlocks(),
        Schema.index("login_blocks_until", "login_blocks (until)"));
  }

  private String appPasswords() {
    return schema.keyed(
        "app_passwords",
        schema.key("address", Schema.ADDRESS),
        schema.key("label", Schema.WORD),
        schema.key("password", Schema.LINE),
        schema.text("services", Schema.WORD),
        schema.text("networks", Schema.LINE),
        schema.number("expires"),
        schema.number("used"),
        schema.required("created"),
        schema.required("modified"),
        "PRIMARY KEY (address, label)");
  }

  private String accountNetworks() {
    return schema.keyed(
        "account_networks",
        schema.key("address", Schema.ADDRESS) + " PRIMARY KEY",
        schema.key("networks", Schema.LINE));
  }

  private String accountTotp() {
    return schema.keyed(
        "account_totp",
        schema.key("address", Schema.ADDRESS) + " PRIMARY KEY",
        schema.key("secret", Schema.LINE),
        schema.required("last_step"),
        schema.required("created"));
  }

  private String lastLogins() {
    return schema.keyed(
        "last_logins",
        schema.key("address", Schema.ADDRESS),
        schema.key("service", Schema.WORD),
        schema.required("made"),
        schema.key("client", Schema.WORD),
        "PRIMARY KEY (address, service)");
  }

  private String loginBlocks() {
    return schema.keyed(
        "login_blocks",
        schema.key("kind", Schema.WORD),
        schema.key("subject", Schema.ADDRESS),
        schema.required("since"),
        schema.required("until"),
        schema.key("reason", Schema.LINE),
        schema.key("host", Schema.DOMAIN),
        "PRIMARY KEY (kind, subject)");
  }
}
