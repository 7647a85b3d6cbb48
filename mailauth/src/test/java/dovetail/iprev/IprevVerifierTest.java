package dovetail.iprev;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.Question;
import dovetail.dns.RecordType;
import dovetail.dns.Resolver;
import dovetail.dns.ReverseName;
import dovetail.mail.Domain;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Names that lead back, or elsewhere, or nowhere. */
final class IprevVerifierTest {
  private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.7");
  private static final InetAddress OTHER = InetAddress.ofLiteral("198.51.100.1");
  private static final InetAddress CLIENT_6 = InetAddress.ofLiteral("2001:db8::7");

  private final Map<Question<?>, Answer<?>> answers = new HashMap<>();
  private final List<Question<?>> asked = new ArrayList<>();

  /** Knows what was put there; nothing else exists. */
  private final class Dns implements Resolver {
    @Override
    @SuppressWarnings("unchecked") // what was put there is of the question's type
    public <T> Answer<T> ask(Question<T> question) {
      asked.add(question);
      return (Answer<T>) answers.getOrDefault(question, new Answer.NoSuchName<T>());
    }
  }

  private static Domain domain(String name) {
    return Domain.parse(name).orElseThrow();
  }

  private void names(InetAddress address, String... names) {
    put(RecordType.PTR, ReverseName.of(address), List.of(names));
  }

  private <T> void put(RecordType<T> type, Domain name, List<T> records) {
    answers.put(new Question<>(type, name), new Answer.Records<>(records, false));
  }

  private IprevResult verify(InetAddress address) {
    return new IprevVerifier(new Dns()).verify(address);
  }

  @Test
  void aNameThatLeadsBackPasses() {
    names(CLIENT, "not a name", "other.example", "mail.example");
    put(RecordType.A, domain("other.example"), List.of(OTHER));
    put(RecordType.A, domain("mail.example"), List.of(OTHER, CLIENT));
    assertThat(verify(CLIENT))
        .isEqualTo(
            new IprevResult(CLIENT, IprevStatus.PASS, "", Optional.of(domain("mail.example"))));
  }

  @Test
  void sixesAreAskedForAsSuch() {
    names(CLIENT_6, "mail.example");
    put(RecordType.AAAA, domain("mail.example"), List.of(CLIENT_6));
    assertThat(verify(CLIENT_6).status()).isEqualTo(IprevStatus.PASS);
  }

  @Test
  void aNameThatLeadsElsewhereFails() {
    names(CLIENT, "other.example", "nowhere.example");
    put(RecordType.A, domain("other.example"), List.of(OTHER));
    IprevResult result = verify(CLIENT);
    assertThat(result.status()).isEqualTo(IprevStatus.FAIL);
    assertThat(result.name()).isEmpty();
  }

  @Test
  void noNameIsAnErrorForGood() {
    assertThat(verify(CLIENT).status()).isEqualTo(IprevStatus.PERMERROR);
    answers.put(
        new Question<>(RecordType.PTR, ReverseName.of(CLIENT)), new Answer.NoData<String>());
    assertThat(verify(CLIENT).status()).isEqualTo(IprevStatus.PERMERROR);
  }

  @Test
  void aDnsThatFailsIsAnErrorForNow() {
    Question<String> reverse = new Question<>(RecordType.PTR, ReverseName.of(CLIENT));
    answers.put(reverse, new Answer.Failed<String>(Failure.TIMEOUT));
    assertThat(verify(CLIENT).status()).isEqualTo(IprevStatus.TEMPERROR);
    names(CLIENT, "slow.example", "other.example");
    answers.put(
        new Question<>(RecordType.A, domain("slow.example")),
        new Answer.Failed<InetAddress>(Failure.TIMEOUT));
    put(RecordType.A, domain("other.example"), List.of(OTHER));
    assertThat(verify(CLIENT).status()).isEqualTo(IprevStatus.TEMPERROR);
  }

  @Test
  void aThousandNamesAreNotAllLookedUp() {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      many.add("n" + i + ".example");
    }
    put(RecordType.PTR, ReverseName.of(CLIENT), many);
    put(RecordType.A, domain("n10.example"), List.of(CLIENT));
    assertThat(verify(CLIENT).status()).isEqualTo(IprevStatus.FAIL);
    assertThat(asked).hasSize(11);
  }
}
