package dovetail.cli;

import dovetail.directory.edit.UnavailableException;
import dovetail.policy.rule.Facts;
import dovetail.policy.rule.Judgement;
import dovetail.policy.rule.Ruling;
import dovetail.policy.wire.Attribute;
import dovetail.policy.wire.Reply;
import dovetail.policy.wire.Request;
import dovetail.policy.wire.Stage;
import dovetail.serve.Configuration;
import dovetail.serve.PolicyTrial;
import dovetail.serve.Stores;
import dovetail.store.sql.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dovetail explain policy}. */
@Command(
    name = "policy",
    description = {
      "Shows what the policy daemon answers to a request: what each rule sees and says, in their"
          + " order, and the outcome. Nothing is counted or changed.",
      "Attributes are those of Postfix (SMTPD_POLICY_README): protocol_state=RCPT"
          + " sasl_username=alice@example.com recipient=bob@example.org. What is not named is"
          + " absent; protocol_state is RCPT, and the sender the login's. With - a request is read from standard input, as it"
          + " stands in a log.",
      "The database is asked, not the running service, whose counters may be half a second ahead,"
          + " and which alone knows what an account has sent in the last ten minutes: a rule of type"
          + " breaker counts this message alone, and says what the account may reach.",
      "At DATA and END-OF-MESSAGE the recipient that is named is taken for one that was asked about"
          + " at RCPT. More than that (recipient_count) are not known, and taken for foreign ones."
    })
final class ExplainPolicyCommand implements Callable<Integer> {
  private final InputStream in;

  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Parameters(
      paramLabel = "KEY=VALUE",
      arity = "1..*",
      description = "Attributes of the request; - reads them from standard input.")
  List<String> attributes = List.of();

  @Option(names = "--json", description = "Write JSON.")
  boolean json;

  ExplainPolicyCommand(InputStream in) {
    this.in = in;
  }

  @Override
  public Integer call() throws Exception {
    Request request = request();
    Configuration configuration = config.loadWithoutKeys();
    Facts facts = Facts.alone(request, InstantSource.system().instant());
    Judgement judgement =
        Stores.isUsed(configuration)
            ? new StoreAccess(configuration)
                .with(store -> judge(configuration, Optional.of(store), facts))
            : judge(configuration, Optional.empty(), facts);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.write(out, generator -> PolicyJson.write(generator, judgement, facts));
    } else {
      print(out, judgement, facts);
    }
    return judgement.reply() instanceof Reply.Refuse
            || judgement.reply() instanceof Reply.DeferIfPermit
        ? Exit.NO.status()
        : Exit.GOOD.status();
  }

  private static Judgement judge(Configuration configuration, Optional<Store> store, Facts facts)
      throws UnavailableException {
    return Judgement.of(PolicyTrial.rules(configuration, store, facts), facts);
  }

  private Request request() {
    Request.Builder request = new Request.Builder();
    for (String line : attributes.equals(List.of("-")) ? pasted() : attributes) {
      int equals = line.indexOf('=');
      if (equals <= 0) {
        throw new ParameterException(
            spec.commandLine(), "expected KEY=VALUE, found \"" + line + "\"");
      }
      request.put(line.substring(0, equals), line.substring(equals + 1));
    }
    if (request.build().get(Attribute.SENDER).isEmpty() && !request.build().has(Attribute.SENDER)) {
      // Nobody who has logged in means a bounce by leaving it out.
      request.put(Attribute.SENDER, request.build().get(Attribute.SASL_USERNAME));
    }
    String state = request.build().get(Attribute.PROTOCOL_STATE);
    if (!state.isEmpty() && Stage.of(state) == Stage.OTHER) {
      throw new ParameterException(
          spec.commandLine(), "no stage of SMTP is called \"" + state + "\": RCPT, DATA, ...");
    }
    return request
        .put(Attribute.REQUEST, Request.KIND)
        .put(Attribute.PROTOCOL_STATE, Stage.RCPT.word())
        .build();
  }

  /** The first request of what stands there. */
  private List<String> pasted() {
    List<String> lines = new ArrayList<>();
    try {
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      String line = reader.readLine();
      while (line != null && (lines.isEmpty() || !line.isBlank())) {
        if (!line.isBlank()) {
          lines.add(line.strip());
        }
        line = reader.readLine();
      }
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "standard input cannot be read: " + e.getMessage(), e);
    }
    return lines;
  }

  private static void print(PrintWriter out, Judgement judgement, Facts facts) {
    if (judgement.steps().isEmpty()) {
      out.println("no rule is for such a request");
    }
    for (Judgement.Step step : judgement.steps()) {
      out.println(
          "%-20s %-12s %-7s %-10s %s"
              .formatted(
                  step.rule().name(),
                  step.rule().type(),
                  step.rule().mode().name().toLowerCase(Locale.ROOT),
                  word(step.ruling()),
                  step.ruling().saw())
              .stripTrailing());
    }
    if (facts.unnamedRecipients() > 0) {
      out.println(
          "%d of %d recipients are not known, and are taken for foreign ones"
              .formatted(facts.unnamedRecipients(), facts.recipientCount()));
    }
    out.println("action=" + judgement.reply().action());
  }

  static String word(Ruling ruling) {
    return switch (ruling) {
      case Ruling.Passes _ -> "passes";
      case Ruling.Allows _ -> "allows";
      case Ruling.NotNow _ -> "not now";
      case Ruling.Abstains _ -> "abstains";
      case Ruling.Charged _ -> "charges";
      case Ruling.Refuses _ -> "refuses";
      case Ruling.Adds _ -> "adds";
    };
  }
}
