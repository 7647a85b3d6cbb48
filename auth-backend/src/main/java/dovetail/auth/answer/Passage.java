package dovetail.auth.answer;

import dovetail.directory.LoginService;
import dovetail.mail.Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * That somebody has logged in.
 *
 * @param account the account's one name
 * @param service what for, if it is one that accounts have rights for
 * @param client where from, if that is known
 * @param label the app password that it was, if it was one
 * @param at when
 */
public record Passage(
    Address account,
    Optional<LoginService> service,
    Optional<InetAddress> client,
    Optional<String> label,
    Instant at) {}
