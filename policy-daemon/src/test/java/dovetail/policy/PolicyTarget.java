package dovetail.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.config.ConfigException;
import dovetail.directory.MapDirectory;
import dovetail.directory.Town;
import dovetail.fuzz.FuzzTarget;
import dovetail.live.Octets;
import dovetail.live.Trickle;
import dovetail.policy.rule.Facts;
import dovetail.policy.rule.Judgement;
import dovetail.policy.rule.MessageSoFar;
import dovetail.policy.rule.NamedRule;
import dovetail.policy.rule.Ruling;
import dovetail.policy.wire.Attribute;
import dovetail.policy.wire.Lines;
import dovetail.policy.wire.PolicyCodec;
import dovetail.policy.wire.Request;
import dovetail.server.io.BoundedInput;
import dovetail.server.io.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whatever a client sends is requests up to where it breaks the protocol: the same answers however
 * the bytes arrive, each of which Postfix can read, and none of which lets anybody through. No rule
 * fails on any of them, and none refuses for what was not said.
 */
public final class PolicyTarget implements FuzzTarget {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final int MOST_OCTETS = 430;
  private static final Pattern ACTION =
      Pattern.compile(
          "DUNNO|[45][0-9]{2} [45]\\.[0-9]{1,3}\\.[0-9]{1,3} .+|DEFER_IF_PERMIT 4\\..+"
              + "|PREPEND [!-9;-~]+: .+|HOLD .+");

  private static final List<String> ALPHABET =
      Stream.concat(
              Stream.of(Attribute.values()).map(attribute -> attribute.word() + "="),
              Stream.of(
                  "request=smtpd_access_policy\n",
                  "protocol_state=RCPT\n",
                  "protocol_state=DATA\n",
                  "protocol_state=END-OF-MESSAGE\n",
                  "recipient=ann@example.com\n",
                  "recipient=full@example.com\n",
                  "recipient=no@example.com\n",
                  "sender=ann@example.com\n",
                  "sender=joe@listed.example\n",
                  "sasl_username=ann@example.com\n",
                  "client_address=192.0.2.1\n",
                  "client_address=2001:db8::1\n",
                  "helo_name=localhost\n",
                  "client_name=a.dyn.example\n",
                  "recipient_count=5\n",
                  "recipient_count=6\n",
                  "size=1001\n",
                  "instance=a.1\n",
                  "instance=a.2\n",
                  "\n",
                  "\n\n",
                  "=",
                  "@",
                  "<>",
                  "unknown",
                  "99999999999999999999",
                  "-1",
                  ".",
                  "\"",
                  "\\",
                  "::ffff:192.0.2.1",
                  "xn--",
                  "\0",
                  "\r",
                  "\033",
                  "\302\205",
                  "\342\200\250",
                  "\355\240\200",
                  "\303\274",
                  "\303",
                  "\377"))
          .toList();

  private final MapDirectory town =
      Town.of(
          """
          domain example.com mailbox
          domain relay.example relay
          mailbox ann@example.com quota=1000 used=10
          mailbox full@example.com quota=1000 used=5000
          alias info@example.com ann@example.com;joe@far.example
          grant @listed.example ann@example.com
          """);

  private final List<RuleConfig> rules;

  /** With all types of rules. */
  public PolicyTarget() throws IOException, ConfigException {
    rules =
        Written.rules(
            List.of(
                "{ type = 'limit', name = 'by-login', key = 'sasl_username', limit = '7/1h' }",
                "{ type = 'limit', name = 'by-sender', key = 'sender', limit = '3/1h,9/1d' }",
                "{ type = 'limit', name = 'by-sender-domain', key = 'sender_domain',"
                    + " unit = 'bytes', kind = 'calendar', limit = '2000/1d' }",
                "{ type = 'limit', name = 'by-client', key = 'client_address', kind = 'smooth',"
                    + " unit = 'messages', limit = '2/1h', ipv4_prefix = 24, ipv6_prefix = 48 }",
                "{ type = 'limit', name = 'by-recipient-domain', key = 'recipient_domain',"
                    + " unit = 'bytes', limit = '5000/1h' }",
                "{ type = 'limit', name = 'for-all', key = 'constant', limit = '40/1h' }",
                "{ type = 'access', name = 'listed', senders = ['listed.example', 'x@', '<>'],"
                    + " recipients = ['*.com', 'far.example'], action = 'refuse' }",
                "{ type = 'access', name = 'named', helo = ['localhost'], names = ['*.example'],"
                    + " action = 'refuse' }",
                "{ type = 'access', name = 'held', senders = ['ann@'], action = 'hold' }",
                "{ type = 'recipients', most = 5 }",
                "{ type = 'size', most = '1000B' }",
                "{ type = 'sender-login' }",
                "{ type = 'sender-login', name = 'unproven', unproven = 'refuse',"
                    + " foreign = 'allow' }",
                "{ type = 'recipient' }",
                "{ type = 'quota' }",
                "{ type = 'breaker', recipients = 4, domains = 2, refused = 1, networks = 1 }"));
  }

  @Override
  public String name() {
    return "policy";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  @Override
  public String run(byte[] input) throws IOException {
    Conversation whole = converse(input, input.length + 1);
    for (int size : new int[] {1, 7}) {
      assertThat(converse(input, size)).isEqualTo(whole);
    }
    check(whole);
    return whole.outcome();
  }

  private static void check(Conversation whole) throws IOException {
    BoundedInput in = Octets.input(whole.answered());
    for (int i = 0; i < whole.answers(); i++) {
      byte[] line = in.readLine(MOST_OCTETS);
      String text = new String(line, StandardCharsets.UTF_8);
      assertThat(text).startsWith("action=");
      assertThat(text.substring("action=".length())).matches(ACTION);
      assertThat(text.chars()).noneMatch(Character::isISOControl);
      assertThat(in.readLine(MOST_OCTETS)).isEmpty();
    }
    assertThat(in.atEnd()).isTrue();
  }

  /**
   * What came of it.
   *
   * @param answered all that was said, a character for each byte
   * @param outcome which rule has decided last; else "closed", or how the protocol was broken
   */
  private record Conversation(int answers, String answered, String outcome) {}

  private Conversation converse(byte[] input, int size) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PolicyCodec codec =
        new PolicyCodec(new BoundedInput(new Trickle(input, size)), Lines.into(out));
    List<NamedRule> together = fresh();
    List<NamedRule> alone = fresh();
    List<String> decided = new ArrayList<>();
    Messages messages = new Messages(() -> 0);
    Messages others = new Messages(() -> 0);
    int answers = 0;
    String end = "closed";
    try {
      while (codec.await()) {
        Request request = codec.read();
        String instance = request.get(Attribute.INSTANCE);
        Facts facts = Facts.of(request, messages.of(instance), NOW);
        Judgement judgement = Judgement.of(together, facts);
        judgement.decisive().ifPresent(step -> decided.add(step.rule().name()));
        codec.write(judgement.reply());
        answers++;
        checkEach(alone, request, others.of(instance));
      }
    } catch (ProtocolException e) {
      end = String.valueOf(e.getMessage()).replaceAll("[0-9]+", "#");
    }
    return new Conversation(
        answers,
        Octets.string(out.toByteArray()),
        decided.isEmpty() ? end : "decided by " + decided.getLast());
  }

  private List<NamedRule> fresh() {
    RuleTools tools = Tools.in(town);
    return rules.stream().map(rule -> rule.rule(tools, rules)).toList();
  }

  /** Each rule by itself, since others do not see what the first one refuses. */
  private static void checkEach(List<NamedRule> rules, Request request, MessageSoFar message) {
    Facts facts = Facts.of(request, message, NOW);
    Grounds grounds = new Grounds(request, message);
    for (NamedRule rule : rules) {
      if (rule.rule().judge(facts) instanceof Ruling.Refuses refuses) {
        assertThat(grounds.allow(rule.name())).as("%s: %s", rule.name(), refuses).isTrue();
      }
    }
  }
}
