package dovetail.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.Domain;
import dovetail.server.Network;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GivenNameTest {
  private static final List<String> BEFORE = List.of("", "h", "ip-", "host.", "dc-", "x0-");

  /** With these, uncertain signs do not count. */
  private static final List<String> MAIL = List.of("mail", "mx-", "smtp.", "out-dc-", "mta-x0-");

  private static final List<String> BEHIND = List.of("", "-rev", ".town", ".a1");

  private static final List<Form> OCTETS =
      List.of(
          new Form("-", 4, Integer::toString),
          new Form(".", 4, Integer::toString),
          new Form("", 4, Integer::toString),
          new Form("-", 2, Integer::toString),
          new Form("-", 4, "%03d"::formatted),
          new Form("", 4, "%03d"::formatted),
          new Form("", 2, "%03d"::formatted),
          new Form("", 4, "%02x"::formatted),
          new Form("-", 4, "%02x"::formatted),
          new Form(".", 4, "%02x"::formatted),
          new Form("", 3, "%02x"::formatted),
          new Form("-", 4, Integer::toHexString));

  private static final List<Form> UNCERTAIN =
      List.of(new Form("-x", 2, Integer::toString), new Form(".net", 2, "%03d"::formatted));

  private static final List<Form> GROUPS =
      List.of(
          new Form("-", 8, "%04x"::formatted),
          new Form("-", 8, Integer::toHexString),
          new Form(".", 8, Integer::toHexString),
          new Form("", 8, "%04x"::formatted),
          new Form("", 4, "%04x"::formatted),
          new Form("-", 4, "%04x"::formatted),
          new Form("-", 4, Integer::toHexString),
          new Form("", 2, "%04x"::formatted));

  private static final List<Form> NIBBLES =
      List.of(
          new Form(".", 32, Integer::toHexString),
          new Form("-", 16, Integer::toHexString),
          new Form(".", 16, Integer::toHexString),
          new Form("", 16, Integer::toHexString));

  /**
   * How the last parts of an address are written into names.
   *
   * @param between what stands between them
   * @param parts how many
   * @param spelling how one is written
   */
  private record Form(String between, int parts, IntFunction<String> spelling) {
    String of(List<Integer> address, boolean backwards) {
      List<Integer> last = address.subList(address.size() - parts, address.size());
      return (backwards ? last.reversed() : last)
          .stream().map(spelling::apply).collect(Collectors.joining(between));
    }
  }

  private static boolean isGiven(String name, String address) {
    return isGiven(name, Network.parseAddress(address));
  }

  private static boolean isGiven(String name, InetAddress address) {
    return GivenName.is(Domain.parse(name).orElseThrow(), address);
  }

  @ParameterizedTest
  @CsvSource({
    "192-0-2-9.isp.example, 192.0.2.9",
    "host.192.0.2.9.isp.example, 192.0.2.9",
    "9.2.0.192.isp.example, 192.0.2.9",
    "ip_192_0_2_9.isp.example, 192.0.2.9",
    "cpc1-2-9.isp.example, 192.0.2.9",
    "1-1.isp.example, 192.0.1.1",
    "192-000-002-009.isp.example, 192.0.2.9",
    "u192000002009.isp.example, 192.0.2.9",
    "u009002000192x.isp.example, 192.0.2.9",
    "u002009.isp.example, 192.0.2.9",
    "h192029.isp.example, 192.0.2.9",
    "h920192.isp.example, 192.0.2.9",
    "h1234.isp.example, 1.2.3.4",
    "n3221225993.isp.example, 192.0.2.9",
    "pc0000209.isp.example, 192.0.2.9",
    "dyn-cc0000209.isp.example, 192.0.2.9",
    "c-c0000209.017-22-town.isp.example, 192.0.2.9",
    "0xc0000209.abnxx1.isp.example, 192.0.2.9",
    "090200c0.isp.example, 192.0.2.9",
    "ip-c0-00-02-09.isp.example, 192.0.2.9",
    "h09.02.00.c0.isp.example, 192.0.2.9",
    "h-c0-0-a-1f.isp.example, 192.0.10.31",
    "h1f.a.0.c0.isp.example, 192.0.10.31",
    "2001-db8-12-3400-a1b2-c3d4-e5f6-789.isp.example, 2001:db8:12:3400:a1b2:c3d4:e5f6:789",
    "p20010db800123400a1b2c3d4e5f60789.isp.example, 2001:db8:12:3400:a1b2:c3d4:e5f6:789",
    "9.8.7.0.6.f.5.e.4.d.3.c.2.b.1.a.0.0.4.3.2.1.0.0.8.b.d.0.1.0.0.2.isp.example,"
        + " 2001:db8:12:3400:a1b2:c3d4:e5f6:789",
    "h-a1b2-c3d4-e5f6-789.isp.example, 2001:db8:12:3400:a1b2:c3d4:e5f6:789",
    "h-c3d4-e5f6.isp.example, 2001:db8:12:3400:a1b2:c3d4:e5f6:789",
    "789.e5f6.c3d4.a1b2.isp.example, 2001:db8:12:3400:a1b2:c3d4:e5f6:789",
    "0789-e5f6-c3d4.isp.example, 2001:db8:12:3400:a1b2:c3d4:e5f6:789",
    "d4e5f607.isp.example, 2001:db8:12:3400:a1b2:c3d4:e5f6:789",
    "2001-db8-12--1.isp.example, 2001:db8:12::1",
    "2001-db8-12-3400--1.isp.example, 2001:db8:12:3400::1",
    "h-0-0-25.isp.example, 2001:db8:12::25",
    "3-4-5-6.isp.example, 2001:db8:1:2:3:4:5:6",
    "6.5.4.3.isp.example, 2001:db8:1:2:3:4:5:6",
    "0003-0004-0005-0006.isp.example, 2001:db8:1:2:3:4:5:6",
    "cust.2001-db8-12-3400.isp.example, 2001:db8:12:3400:a1b2:c3d4:e5f6:789",
  })
  void seesAnAddressEvenOfAServer(String name, String address) {
    assertThat(isGiven(name, address)).isTrue();
    assertThat(isGiven("mail-" + name, address)).isTrue();
    assertThat(isGiven("mail-" + name, "203.0.113.77")).isFalse();
    assertThat(isGiven("mail-" + name, "fd99:8888:7777:6666:5555:4444:3333:2222")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "p9.net2.isp.example, 192.0.2.9",
    "ip9.ip-192-0-2.isp.example, 192.0.2.9",
    "h009-net002.isp.example, 192.0.2.9",
    "h0209.isp.example, 192.0.2.9",
    "cm0a1f.isp.example, 192.0.10.31",
    "cm-1f0a-x.isp.example, 192.0.10.31",
    "0a1fh.isp.example, 192.0.10.31",
  })
  void seesAPartOfAnAddress(String name, String address) {
    assertThat(isGiven(name, address)).isTrue();
    assertThat(isGiven("mail-" + name, address)).isFalse();
    assertThat(isGiven(name, "203.0.113.77")).isFalse();
  }

  /** Whatever numbers these names have, they are none of the address. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "p17.dip0.isp.example",
        "dslb-17.pools.isp.example",
        "cable-17.town.isp.example",
        "x.adsl-dhcp.isp.example",
        "joe.dyn.isp.example",
        "cpe-00-1a-2b-3c-4d-5e.isp.example",
        "cpe001a2b3c4d5e-cm001a2b3c4d5f.town.isp.example",
        "h17.customer.isp.example",
        "a17.user5.isp.example",
      })
  void seesALine(String name) {
    assertThat(isGiven(name, "192.0.2.9")).isTrue();
    assertThat(isGiven(name, "2001:db8::9")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "mail1.example.com, 192.0.1.1",
    "mail1.example.com, 192.0.2.1",
    "mx10.example.com, 192.0.10.10",
    "mx10.dc1.example.com, 192.0.1.10",
    "mx1.site2.example.com, 192.0.2.1",
    "mail-wr1-f45.mail.example.com, 192.0.2.45",
    "mail15.atl131.example.com, 192.0.131.15",
    "web9.example.com, 192.0.2.9",
    "host2.example.com, 192.0.2.2",
    "smtp-pool-1.example.com, 192.0.2.9",
    "mailpool3.example.com, 192.0.2.9",
    "relay2.clients.example.com, 192.0.2.9",
    "out-12.pool.example.com, 192.0.2.9",
    "outbound.pool.example.com, 192.0.2.9",
    "mx0a-001b2d01.pphosted.example.com, 192.0.2.9",
    "mail-001a2b3c4d5e.example.com, 192.0.2.9",
    "www.cable.example, 192.0.2.9",
    "www.customer.example, 192.0.2.9",
    "clientele.example.com, 192.0.2.9",
    "superuser.example.com, 192.0.2.9",
    "liverpool.example.com, 192.0.2.9",
    "facade-decade-beef.example.com, 192.0.2.9",
    "qs51p00im-qukt01072502.example.com, 192.0.2.9",
    "mail-ej1-x52c.example.com, 2001:db8:4864:20::52c",
    "mail25.example.com, 2001:db8::25",
    "mx1.example.com, 2001:db8:1::1",
    "mx-1-25.example.com, 2001:db8::1:25",
    "mail.xn--mller-kva.example, 192.0.2.9",
    "example, 192.0.2.9",
  })
  void leavesServersAlone(String name, String address) {
    assertThat(isGiven(name, address)).isFalse();
  }

  private static List<Integer> parts(byte[] address, int bits) {
    BigInteger number = new BigInteger(1, address);
    return IntStream.range(0, address.length * 8 / bits)
        .mapToObj(i -> number.shiftRight(address.length * 8 - bits * (i + 1)))
        .map(part -> part.intValue() & ((1 << bits) - 1))
        .toList();
  }

  private static void expectEach(List<Form> forms, List<String> beginnings, byte[] octets, int bits)
      throws UnknownHostException {
    InetAddress address = InetAddress.getByAddress(octets);
    for (Form form : forms) {
      for (boolean backwards : new boolean[] {false, true}) {
        for (String before : beginnings) {
          for (String behind : BEHIND) {
            String name = before + form.of(parts(octets, bits), backwards) + behind;
            assertThat(isGiven(name + ".isp.example", address)).as(name).isTrue();
          }
        }
      }
    }
  }

  @Property(tries = 100, seed = "6647")
  void seesEachFormOfEachIpv4Address(@ForAll @Size(4) byte[] octets) throws UnknownHostException {
    expectEach(OCTETS, BEFORE, octets, 8);
    expectEach(OCTETS, MAIL, octets, 8);
    expectEach(UNCERTAIN, BEFORE, octets, 8);
    InetAddress address = InetAddress.getByAddress(octets);
    String number = "mail" + new BigInteger(1, octets) + ".isp.example";
    assertThat(octets[0] == 0 || isGiven(number, address)).as(number).isTrue();
  }

  @Property(tries = 100, seed = "6647")
  void seesEachFormOfEachIpv6Address(@ForAll @Size(12) byte[] octets) throws UnknownHostException {
    ByteBuffer global = ByteBuffer.allocate(16).putInt(0x20010db8).put(octets);
    expectEach(GROUPS, MAIL, global.array(), 16);
    expectEach(NIBBLES, MAIL, global.array(), 4);
  }

  @Property(tries = 100, seed = "6647")
  void leavesServersAloneWhateverTheirAddressIs(
      @ForAll @Size(4) byte[] ipv4, @ForAll @Size(16) byte[] ipv6) throws UnknownHostException {
    for (String name :
        List.of("mail1", "mx10", "mx10.site1", "smtp-out-3", "relay2", "mta.pool5")) {
      for (byte[] octets : List.of(ipv4, ipv6)) {
        InetAddress address = InetAddress.getByAddress(octets);
        assertThat(isGiven(name + ".example.com", address)).as(name).isFalse();
      }
    }
  }
}
