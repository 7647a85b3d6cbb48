package dovetail.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.auth.answer.HomeTemplate;
import dovetail.auth.answer.UserSettings;
import dovetail.auth.answer.Users;
import dovetail.auth.wire.Fields;
import dovetail.auth.wire.MasterReply;
import dovetail.auth.wire.MasterRequest;
import dovetail.directory.Account;
import dovetail.directory.LoginService;
import dovetail.directory.MapAccounts;
import dovetail.mail.Address;
import dovetail.server.io.ProtocolException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What lmtp, lda and doveadm are answered, and in which order they have to ask. */
final class MasterSessionTest {
  private static final Fields LMTP = Fields.of("service", "lmtp");

  private final MapAccounts accounts = new MapAccounts();
  private final MasterSession session =
      new MasterSession(
          new Users(
              accounts,
              () ->
                  new UserSettings(
                      HomeTemplate.read("/v/%{user}"),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty())));

  private void add(String address, long quota) {
    accounts.put(
        new Account(
            Address.parse(address).orElseThrow(),
            true,
            true,
            true,
            EnumSet.allOf(LoginService.class),
            List.of(),
            new Account.Place(Optional.empty(), Optional.empty(), Optional.empty(), quota),
            new Account.Credentials(Optional.empty(), List.of(), false)));
  }

  private MasterReply ask(MasterRequest request) throws ProtocolException {
    MasterSession.Answer answer = session.next(request);
    assertThat(answer).isInstanceOf(MasterSession.Answer.Say.class);
    return ((MasterSession.Answer.Say) answer).reply();
  }

  private void greet(int minor) throws ProtocolException {
    assertThat(session.next(new MasterRequest.Version(1, minor)))
        .isEqualTo(new MasterSession.Answer.Nothing());
  }

  @Test
  void usersHaveTheFieldsOfWhoAsks() throws ProtocolException {
    add("joe@example.com", 77);
    greet(0);
    assertThat(ask(new MasterRequest.User(4, "JOE@example.com", LMTP)))
        .isEqualTo(
            new MasterReply.User(
                4,
                "joe@example.com",
                Fields.of("home", "/v/joe@example.com").with("quota_rule", "*:bytes=77")));
    assertThat(ask(new MasterRequest.User(5, "jim@example.com", LMTP)))
        .isEqualTo(new MasterReply.NotFound(5));
  }

  @Test
  void theNewerSeriesIsKnownByItsMinor() throws ProtocolException {
    add("joe@example.com", 77);
    greet(3);
    assertThat(ask(new MasterRequest.User(4, "joe@example.com", LMTP)))
        .isInstanceOfSatisfying(
            MasterReply.User.class,
            user ->
                assertThat(user.fields().all()).contains(Map.entry("quota_storage_size", "77B")));
  }

  @Test
  void loginsHaveNoPassword() throws ProtocolException {
    add("joe@example.com", 0);
    greet(1);
    assertThat(ask(new MasterRequest.Pass(1, "Joe@example.com", Fields.of("service", "imap"))))
        .isEqualTo(new MasterReply.Pass(1, "joe@example.com", Fields.NONE));
    assertThat(ask(new MasterRequest.Pass(2, "jim@example.com", LMTP)))
        .isEqualTo(new MasterReply.NotFound(2));
  }

  @Test
  void whatIsNotKnownHasFailedForNow() throws ProtocolException {
    accounts.unavailable(Optional.of("secret detail"));
    greet(1);
    for (MasterRequest request :
        List.of(
            new MasterRequest.User(1, "joe@example.com", LMTP),
            new MasterRequest.Pass(1, "joe@example.com", LMTP))) {
      assertThat(ask(request))
          .isEqualTo(
              new MasterReply.Fail(1, Optional.of("the accounts cannot be read at the moment")));
    }
    MasterSession.Answer answer = session.next(new MasterRequest.ListUsers(9, Fields.NONE));
    assertThat(rows(answer)).containsExactly(new MasterReply.Done(9, true));
  }

  private static List<MasterReply> rows(MasterSession.Answer answer) {
    assertThat(answer).isInstanceOf(MasterSession.Answer.Name.class);
    MasterSession.Listing listing = ((MasterSession.Answer.Name) answer).listing();
    List<MasterReply> all = new ArrayList<>();
    while (!listing.isOver()) {
      all.addAll(listing.next());
    }
    return all;
  }

  @Test
  void allAreListedAPartAtATime() throws ProtocolException {
    for (int i = 0; i < 2_500; i++) {
      add("u%04d@example.com".formatted(i), 0);
    }
    greet(1);
    List<MasterReply> all = rows(session.next(new MasterRequest.ListUsers(9, Fields.NONE)));
    assertThat(all).hasSize(2_501).last().isEqualTo(new MasterReply.Done(9, false));
    assertThat(all.subList(0, 2_500)).doesNotHaveDuplicates();
    assertThat(all.getFirst()).isEqualTo(new MasterReply.Row(9, "u0000@example.com"));
  }

  @Test
  void aMaskChoosesAmongThem() throws ProtocolException {
    add("joe@one.example", 0);
    add("joe@two.example", 0);
    add("jim@two.example", 0);
    greet(1);
    assertThat(
            rows(session.next(new MasterRequest.ListUsers(9, Fields.of("user", "J?e@*.example")))))
        .containsExactly(
            new MasterReply.Row(9, "joe@one.example"),
            new MasterReply.Row(9, "joe@two.example"),
            new MasterReply.Done(9, false));
    assertThat(rows(session.next(new MasterRequest.ListUsers(9, Fields.of("user", "%")))))
        .hasSize(1);
  }

  @Test
  void whoSpeaksOutOfOrderIsNotServed() throws ProtocolException {
    assertThatThrownBy(() -> session.next(new MasterRequest.User(1, "joe@example.com", LMTP)))
        .isInstanceOf(ProtocolException.class);
    greet(1);
    assertThatThrownBy(() -> session.next(new MasterRequest.Version(1, 1)))
        .isInstanceOf(ProtocolException.class);
    for (MasterRequest request :
        List.of(
            new MasterRequest.Request(1, 2, 3, "00", Fields.NONE),
            new MasterRequest.CacheFlush(1, List.of()),
            new MasterRequest.CacheStatus(1))) {
      assertThatThrownBy(() -> session.next(request)).isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void theHandshakeNamesWhatIsSpoken() {
    assertThat(MasterSession.handshake(77))
        .containsExactly(new MasterReply.Version(1, 1), new MasterReply.Spid(77));
  }
}
