package dovetail.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of RFC 5322 Appendix A, and the shapes of the result. */
final class AddressListTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        // A.1.1
        "John Doe <jdoe@machine.example> | {John Doe}jdoe@machine.example",
        "Mary Smith <mary@example.net> | {Mary Smith}mary@example.net",
        // A.1.2
        "\"Joe Q. Public\" <john.q.public@example.com> | {Joe Q. Public}john.q.public@example.com",
        "Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test>"
            + " | {Mary Smith}mary@x.test {}jdoe@example.org {Who?}one@y.test",
        "<boss@nil.test>, \"Giant; \\\"Big\\\" Box\" <sysservices@example.net>"
            + " | {}boss@nil.test {Giant; \"Big\" Box}sysservices@example.net",
        // A.1.3
        "A Group:Ed Jones <joe@where.test>,joe@where.test,John <jdoe@one.test>;"
            + " | A Group[{Ed Jones}joe@where.test {}joe@where.test {John}jdoe@one.test]",
        "Undisclosed recipients:; | Undisclosed recipients[]",
        // A.5
        "Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>"
            + " | {Pete}pete@silly.test",
        "A Group(Some people)\\r\\n     :Chris Jones <c@(Chris's host.)public.example>,"
            + "\\r\\n         joe@example.org,"
            + "\\r\\n  John <jdoe@one.test> (my dear friend); (the end of the group)"
            + " | A Group[{Chris Jones}c@public.example {}joe@example.org {John}jdoe@one.test]",
        "(Empty list)(start)Hidden recipients  :(nobody(that I know))  ; | Hidden recipients[]",
        // A.6.1
        "Joe Q. Public <john.q.public@example.com> | {Joe Q. Public}john.q.public@example.com",
        "Mary Smith <@node.test:mary@example.net>, , jdoe@test  . example"
            + " | {Mary Smith}mary@example.net {}jdoe@test.example",
        // A.6.3
        "John Doe <jdoe@machine(comment).  example> | {John Doe}jdoe@machine.example",
        // RFC 5322 4.4
        "<@a.test,,@b.test:c@d.test> | {}c@d.test",
        "a . \"b c\" . d@e.test | {}\"a.b c.d\"@e.test",
        // RFC 6531, RFC 6532
        "Jürgen <jürgen@bücher.example> | {Jürgen}jürgen@xn--bcher-kva.example",
        "=?utf-8?q?J=C3=BCrgen?= X <j@e.test> | {=?utf-8?q?J=C3=BCrgen?= X}j@e.test",
        // RFC 5321 4.1.3
        "X <jdoe@[192.0.2.1]>, b@[IPv6:2001:db8::1] | {X}jdoe@[192.0.2.1] {}b@[IPv6:2001:db8::1]",
        "T: jdoe@[192.0.2.1] (x); | T[{}jdoe@[192.0.2.1]]",
        "John.Q.Public<a@e.test> | {John.Q.Public}a@e.test",
        ",,a@e.test,, | {}a@e.test",
        "(just a comment) | ",
      })
  void reads(String field, String expected) {
    assertThat(shown(parse(field.replace("\\r\\n", "\r\n"))))
        .isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "a@e.test b@e.test | 9 | text after an address",
        "a@e.test, <b@e.test | 19 | unterminated angle bracket",
        "T: a@e.test b@e.test; | 12 | text after an address of a group",
        "T: U: a@e.test;; | 4 | character that must be quoted",
        "T: a@e.test | 11 | unterminated group",
        ": a@e.test; | 0 | character that must be quoted",
        "a@e.test, (x | 12 | unterminated comment",
        "\"x\\ | 3 | unterminated quoted string",
        "a@[1[2] | 4 | bracket or backslash in an address literal",
        "<@a.test b@e.test> | 9 | unterminated source route",
      })
  void saysWhatIsWrongAndWhere(String field, int offset, String reason) {
    assertThat(parse(field)).isEqualTo(new AddressList.Malformed(reason, offset));
  }

  @Test
  void copiesItsLists() {
    assertThat(parse("a@e.test, T: b@e.test;"))
        .isInstanceOfSatisfying(
            AddressList.Parsed.class,
            list -> {
              assertThat(list.mailboxes()).hasSize(2);
              assertThat(list.entries()).isUnmodifiable();
            });
  }

  private static AddressList parse(String field) {
    return new AddressParser(field.getBytes(StandardCharsets.UTF_8)).parse();
  }

  private static String shown(AddressList list) {
    return switch (list) {
      case AddressList.Malformed(String reason, int offset) -> reason + " at " + offset;
      case AddressList.Parsed(List<AddressList.Entry> entries) -> shown(entries);
    };
  }

  private static String shown(List<? extends AddressList.Entry> entries) {
    return entries.stream().map(AddressListTest::shown).collect(Collectors.joining(" "));
  }

  private static String shown(AddressList.Entry entry) {
    return switch (entry) {
      case AddressList.Mailbox(String name, Address address) -> "{" + name + "}" + address;
      case AddressList.LiteralMailbox(String name, String localPart, String literal) ->
          "{" + name + "}" + localPart + "@" + literal;
      case AddressList.Group(String name, List<AddressList.Single> members) ->
          name + "[" + shown(members) + "]";
    };
  }
}
