package dovetail.store.sql;

import java.util.List;

/** The tables of the policy daemon, as the next steps. */
final class PolicySchema {
  private final Schema schema;

  PolicySchema(Schema schema) {
    this.schema = schema;
  }

  List<String> steps() {
    return List.of(
        mailboxUsage(),
        limits(),
        counters(),
        Schema.index("counters_updated", "counters (updated, value)"),
        Schema.index("counters_expires", "counters (expires)"),
        counterWriters(),
        suspensions(),
        heldMessages(),
        accountDays(),
        greylist(),
        Schema.index("greylist_network", "greylist (network, passed, first_seen)"),
        Schema.index("greylist_until", "greylist (until)"),
        greylistClients(),
        Schema.index("greylist_clients_until", "greylist_clients (until)"));
  }

  private String mailboxUsage() {
    return schema.keyed(
        "mailbox_usage",
        schema.key("address", Schema.ADDRESS) + " PRIMARY KEY",
        schema.required("bytes"),
        schema.required("messages"),
        schema.required("modified"));
  }

  private String limits() {
    return schema.keyed(
        "limits",
        schema.key("subject", Schema.ADDRESS),
        schema.key("rule", Schema.WORD),
        schema.text("limits", Schema.LINE),
        schema.text("shared", Schema.LINE),
        schema.required("bulk"),
        schema.required("created"),
        schema.required("modified"),
        "PRIMARY KEY (subject, rule)");
  }

  private String counters() {
    return schema.keyed(
        "counters",
        schema.key("limit_name", Schema.WORD),
        schema.key("counter_key", Schema.ADDRESS),
        schema.key("kind", Schema.WORD),
        schema.required("seconds"),
        schema.required("slot"),
        schema.key("origin", Schema.WORD),
        schema.required("value"),
        schema.required("expires"),
        schema.required("updated"),
        "PRIMARY KEY (limit_name, counter_key, kind, seconds, slot)");
  }

  private String counterWriters() {
    return schema.keyed(
        "counter_writers",
        schema.key("writer", Schema.WORD) + " PRIMARY KEY",
        schema.required("batch"),
        schema.required("updated"));
  }

  private String suspensions() {
    return schema.keyed(
        "suspensions",
        schema.key("account", Schema.ADDRESS) + " PRIMARY KEY",
        schema.required("since"),
        schema.required("until"),
        schema.key("cause", Schema.WORD),
        schema.key("detail", Schema.LINE));
  }

  private String heldMessages() {
    return schema.keyed(
        "held_messages",
        schema.key("host", Schema.DOMAIN),
        schema.key("queue_id", Schema.WORD),
        schema.key("account", Schema.ADDRESS),
        schema.required("made"),
        "PRIMARY KEY (host, queue_id)");
  }

  private String accountDays() {
    return schema.keyed(
        "account_days",
        schema.key("account", Schema.ADDRESS),
        schema.required("day"),
        schema.required("recipients"),
        schema.required("domains"),
        "PRIMARY KEY (account, day)");
  }

  private String greylist() {
    return schema.keyed(
        "greylist",
        schema.key("mail", Schema.WORD) + " PRIMARY KEY",
        schema.key("client", Schema.ADDRESS),
        schema.key("network", Schema.WORD),
        schema.required("first_seen"),
        schema.required("passed"),
        schema.required("until"));
  }

  private String greylistClients() {
    return schema.keyed(
        "greylist_clients",
        schema.key("client", Schema.ADDRESS) + " PRIMARY KEY",
        schema.required("passes"),
        schema.required("counted"),
        schema.required("until"));
  }
}
