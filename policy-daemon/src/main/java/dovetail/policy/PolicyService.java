package dovetail.policy;

import dovetail.observe.Metrics;
import dovetail.observe.TransactionLog;
import dovetail.policy.rule.Facts;
import dovetail.policy.rule.Judgement;
import dovetail.policy.rule.MessageSoFar;
import dovetail.policy.rule.Mode;
import dovetail.policy.rule.NamedRule;
import dovetail.policy.wire.Attribute;
import dovetail.policy.wire.PolicyCodec;
import dovetail.policy.wire.Request;
import dovetail.policy.wire.Stage;
import dovetail.server.Connection;
import dovetail.server.ConnectionHandler;
import dovetail.server.ListenAddress;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/** The policy daemon: serves the connections of Postfix's smtpd processes. */
public final class PolicyService implements ConnectionHandler {
  /** Requests that a connection may have answered before others have their turn. */
  private static final int TURN = 8;

  private final PolicyLog log;
  private final Placement placement;
  private final Refunds refunds;
  private final Messages messages;
  private final Clocks clocks;
  private volatile State state;

  /**
   * What a reload replaces, as a whole.
   *
   * @param settings the settings
   * @param rules the rules, in the order in which they are asked
   */
  public record State(PolicySettings settings, List<NamedRule> rules) {
    public State {
      rules = List.copyOf(rules);
    }

    /** Makes the rules that settings name; those that are off are not there for others either. */
    public static State of(PolicySettings settings, RuleTools tools) {
      return new State(
          settings,
          settings.rules().stream()
              .filter(rule -> rule.mode() != Mode.OFF)
              .map(rule -> rule.rule(tools, settings.rules()))
              .toList());
    }
  }

  /**
   * The time.
   *
   * @param wall what limits count by
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public record Clocks(InstantSource wall, LongSupplier nanos) {}

  public PolicyService(State state, TransactionLog log, Metrics metrics, Clocks clocks) {
    this.state = state;
    this.log = new PolicyLog(log, new PolicyMetrics(metrics), clocks.nanos());
    this.placement = new Placement();
    this.refunds = new Refunds(clocks.nanos());
    this.messages = new Messages(clocks.nanos());
    this.clocks = clocks;
  }

  /** Uses other settings and rules, from the next request on. */
  public void reload(State other) {
    state = other;
  }

  /** Gives back what a message was charged that our own milter has refused after that. */
  public void refund(String queueId) {
    refunds.refund(queueId);
  }

  @Override
  public void handle(Connection connection) throws IOException {
    PolicyCodec codec = new PolicyCodec(connection.input(), connection::write);
    long answered = 0;
    connection.idle(state.settings().idleTimeout());
    while (codec.await()) {
      connection.busy();
      connection.deadline(state.settings().requestTimeout());
      Request request = codec.read();
      MessageSoFar message = messages.of(request.get(Attribute.INSTANCE));
      if (!answer(connection, codec, request, message)) {
        return;
      }
      connection.idle(state.settings().idleTimeout());
      giveWay(codec, ++answered);
    }
  }

  /**
   * False if we have failed: then there is no answer, and Postfix does what its main.cf says
   * (SMTPD_POLICY_README).
   */
  private boolean answer(
      Connection connection, PolicyCodec codec, Request request, MessageSoFar message)
      throws IOException {
    long began = clocks.nanos().getAsLong();
    State current = state;
    Judgement judgement;
    try {
      judgement = judge(current, connection.listener().address(), request, message);
    } catch (RuntimeException e) {
      log.failed(request, e);
      return false;
    }
    try {
      codec.write(judgement.reply());
    } catch (IOException e) {
      // Postfix asks again on another connection.
      synchronized (message) {
        judgement.takeBack(message);
      }
      throw e;
    }
    if (request.stage() == Stage.END_OF_MESSAGE) {
      refunds.keep(request.get(Attribute.QUEUE_ID), message.receipts());
    }
    log.answered(request, judgement, clocks.nanos().getAsLong() - began);
    return true;
  }

  private Judgement judge(
      State current, ListenAddress listener, Request request, MessageSoFar message) {
    synchronized (message) { // another connection may ask about it, too
      Facts facts = Facts.of(request, message, clocks.wall().instant());
      Judgement judgement = Judgement.of(current.rules(), facts);
      placement.asked(current.rules(), facts, judgement, listener);
      message.asked(request.get(Attribute.POLICY_CONTEXT));
      if (request.stage() == Stage.END_OF_MESSAGE) {
        message.ends();
      }
      return judgement;
    }
  }

  // As in the milter: a thread whose next input is there when it looks never parks, and would
  // starve the others. Not after each request, since that costs a quarter of all answers.
  @SuppressWarnings("ThreadPriorityCheck")
  private static void giveWay(PolicyCodec codec, long answered) {
    if (codec.buffered() || answered % TURN == 0) {
      Thread.yield();
    }
  }
}
