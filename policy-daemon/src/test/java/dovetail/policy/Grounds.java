package dovetail.policy;

import dovetail.policy.rule.MessageSoFar;
import dovetail.policy.wire.Attribute;
import dovetail.policy.wire.Request;
import dovetail.policy.wire.Stage;
import java.util.regex.Pattern;

/**
 * What must stand in a request for a rule of {@link PolicyTarget} to refuse it, by its bare text:
 * whoever has sent nothing of that is never refused.
 */
final class Grounds {
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
  private static final Pattern CLIENT = Pattern.compile("[0-9a-fA-F:.]+");

  private final Request request;
  private final MessageSoFar message;

  Grounds(Request request, MessageSoFar message) {
    this.request = request;
    this.message = message;
  }

  /** Whether that rule may refuse it. */
  boolean allow(String rule) {
    return switch (rule) {
      case "by-login", "breaker" -> isMessage() && has(Attribute.SASL_USERNAME);
      case "by-sender", "by-sender-domain" -> isMessage() && isAddress(Attribute.SENDER);
      case "by-client" ->
          isMessage() && CLIENT.matcher(request.get(Attribute.CLIENT_ADDRESS)).matches();
      case "by-recipient-domain" ->
          isMessage() && (isAddress(Attribute.RECIPIENT) || !message.domains().isEmpty());
      case "for-all" -> isMessage();
      case "listed" ->
          isAddress(Attribute.RECIPIENT)
              && (isAddress(Attribute.SENDER) || (isMessage() && !has(Attribute.SENDER)));
      case "named" -> has(Attribute.HELO_NAME) && has(Attribute.CLIENT_NAME);
      case "recipients" -> isOver(Attribute.RECIPIENT_COUNT, 5);
      case "size" -> isOver(Attribute.SIZE, 1_000);
      case "sender-login" -> has(Attribute.SASL_USERNAME) && has(Attribute.SENDER);
      case "unproven" ->
          has(Attribute.SASL_USERNAME) ? has(Attribute.SENDER) : isAddress(Attribute.SENDER);
      case "recipient" -> request.stage() == Stage.RCPT && isAddress(Attribute.RECIPIENT);
      case "quota" -> isMessage() && isAddress(Attribute.RECIPIENT);
      default -> false;
    };
  }

  private boolean isMessage() {
    Stage stage = request.stage();
    return stage == Stage.RCPT || stage == Stage.DATA || stage == Stage.END_OF_MESSAGE;
  }

  private boolean has(Attribute attribute) {
    return !request.get(attribute).isEmpty();
  }

  private boolean isAddress(Attribute attribute) {
    return request.get(attribute).indexOf('@') > 0;
  }

  private boolean isOver(Attribute attribute, long most) {
    String text = request.get(attribute);
    return DIGITS.matcher(text).matches() && Long.parseLong(text) > most;
  }
}
