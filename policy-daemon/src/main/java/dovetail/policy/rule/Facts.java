package dovetail.policy.rule;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import dovetail.policy.wire.Attribute;
import dovetail.policy.wire.Request;
import dovetail.policy.wire.Stage;
import dovetail.server.Network;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request, read: what can be no address, name or number is absent. Each is read when it is first
 * asked for. For one thread.
 */
public final class Facts {
  /** What Postfix says of a name that it could not find, or not believe. */
  private static final String UNKNOWN = "unknown";

  private final Request request;
  private final MessageSoFar message;
  private final Instant now;
  private final Stage stage;
  private final Reading<InetAddress> client;
  private final Reading<Address> sender;
  private final Reading<Address> recipient;
  private final Reading<String> login;

  /** What is read when it is first asked for. */
  private static final class Reading<T> {
    private final String text;
    private final Function<String, Optional<T>> reader;
    private Optional<T> value = Optional.empty();
    private boolean read;

    Reading(String text, Function<String, Optional<T>> reader) {
      this.text = text;
      this.reader = reader;
    }

    Optional<T> get() {
      if (!read) {
        value = text.isEmpty() ? Optional.empty() : reader.apply(text);
        read = true;
      }
      return value;
    }
  }

  private Facts(Request request, MessageSoFar message, Instant now) {
    this.request = request;
    this.message = message;
    this.now = now;
    this.stage = request.stage();
    this.client = new Reading<>(request.get(Attribute.CLIENT_ADDRESS), Facts::address);
    this.sender = new Reading<>(request.get(Attribute.SENDER), Facts::mailAddress);
    this.recipient = new Reading<>(request.get(Attribute.RECIPIENT), Facts::mailAddress);
    this.login =
        new Reading<>(
            request.get(Attribute.SASL_USERNAME), name -> Optional.of(Login.spelling(name)));
  }

  /**
   * Reads a request, and notes in the message what it adds to it.
   *
   * @param now when it came
   */
  public static Facts of(Request request, MessageSoFar message, Instant now) {
    Facts facts = new Facts(request, message, now);
    if (facts.stage == Stage.RCPT) {
      message.recipient(
          request.get(Attribute.POLICY_CONTEXT),
          request.get(Attribute.RECIPIENT),
          facts.recipient().map(Address::domain));
    }
    return facts;
  }

  /**
   * The same of a request by itself, of whose message nothing is known: the recipient that it names
   * is taken for one that was asked about before. Postfix names one behind the recipients, too, if
   * there is only one.
   */
  public static Facts alone(Request request, Instant now) {
    MessageSoFar message = new MessageSoFar();
    Facts facts = of(request, message, now);
    if (facts.isBehindRecipients() && !request.get(Attribute.RECIPIENT).isEmpty()) {
      message.count(request.get(Attribute.RECIPIENT), facts.recipient().map(Address::domain));
    }
    return facts;
  }

  /** Whether it is about all recipients together. */
  boolean isBehindRecipients() {
    return switch (stage) {
      case DATA, END_OF_MESSAGE -> true;
      case CONNECT, EHLO, HELO, MAIL, RCPT, VRFY, ETRN, OTHER -> false;
    };
  }

  /** How many recipients were accepted that no request has named. */
  public int unnamedRecipients() {
    return Math.max(0, recipientCount() - message.recipients());
  }

  /** The request as it came. */
  public Request request() {
    return request;
  }

  /** What is known of its message. */
  public MessageSoFar message() {
    return message;
  }

  /** When it came. */
  public Instant now() {
    return now;
  }

  /** Where the session is. */
  public Stage stage() {
    return stage;
  }

  /** The client's address. */
  public Optional<InetAddress> client() {
    return client.get();
  }

  private static Optional<InetAddress> address(String text) {
    if (text.equals(UNKNOWN)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Network.parseAddress(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** The client's name, if it leads back to the client's address. */
  public Optional<Domain> clientName() {
    return name(Attribute.CLIENT_NAME);
  }

  /** The name that the client's address has, wherever it leads. */
  public Optional<Domain> reverseName() {
    return name(Attribute.REVERSE_CLIENT_NAME);
  }

  /** Whether Postfix found no name of the client's address that leads back to it. */
  boolean lacksName() {
    return request.get(Attribute.CLIENT_NAME).equals(UNKNOWN);
  }

  private Optional<Domain> name(Attribute attribute) {
    String text = request.get(attribute);
    return text.isEmpty() || text.equals(UNKNOWN) ? Optional.empty() : Domain.parse(text);
  }

  /** Whether mail comes from nobody: a bounce. False while there is no sender yet. */
  public boolean isNullSender() {
    return request.get(Attribute.SENDER).isEmpty() && isPastMail();
  }

  private boolean isPastMail() {
    return switch (stage) {
      case RCPT, DATA, END_OF_MESSAGE -> true;
      case CONNECT, EHLO, HELO, MAIL, VRFY, ETRN, OTHER -> false;
    };
  }

  /** The sender, canonical; absent if there is none or it is no address. */
  public Optional<Address> sender() {
    return sender.get();
  }

  /** The recipient, canonical; absent behind the recipients, if there were several. */
  public Optional<Address> recipient() {
    return recipient.get();
  }

  private static Optional<Address> mailAddress(String text) {
    return Address.parse(text).map(Address::canonical);
  }

  /** The login in its one spelling; absent if nobody has logged in. */
  public Optional<String> login() {
    return login.get();
  }

  /** How many recipients were accepted; 0 where Postfix does not say, which is before DATA. */
  public int recipientCount() {
    return (int) Math.min(number(Attribute.RECIPIENT_COUNT), Integer.MAX_VALUE);
  }

  /** The size in bytes: what the client has announced, at the end what came; 0 if unknown. */
  public long size() {
    return number(Attribute.SIZE);
  }

  private long number(Attribute attribute) {
    String text = request.get(attribute);
    if (text.isEmpty() || text.length() > 18) {
      return 0;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return 0; // a negative one, or none at all
      }
      number = number * 10 + c - '0';
    }
    return number;
  }
}
