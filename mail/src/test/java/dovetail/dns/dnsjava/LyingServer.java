package dovetail.dns.dnsjava;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

/** A name server on UDP and TCP of one port of this host that answers as it is told to. */
final class LyingServer implements AutoCloseable {
  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final Script script;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private volatile boolean recursion;

  /** What it says. */
  interface Script {
    /** The datagrams that answer a query, none to be silent. */
    List<byte[]> datagrams(Message query) throws IOException;

    /** What is written to a connection, the length included, before it is closed. */
    default byte[] stream(Message query) throws IOException {
      return new byte[0];
    }

    /** Whether a connection is left open, and silent, when all is written. */
    default boolean lingers() {
      return false;
    }
  }

  LyingServer(Script script) throws IOException {
    this("127.0.0.1", 0, script);
  }

  /** One at another address of this host, and a port; 0 for any. */
  LyingServer(String address, int port, Script script) throws IOException {
    this.script = script;
    InetAddress here = InetAddress.ofLiteral(address);
    DatagramSocket datagrams = new DatagramSocket(new InetSocketAddress(here, port));
    ServerSocket connections = null;
    while (connections == null) {
      try {
        connections = new ServerSocket(datagrams.getLocalPort(), 10, here);
      } catch (IOException e) { // the port is somebody's on TCP
        if (port != 0) {
          datagrams.close();
          throw e;
        }
        datagrams.close();
        datagrams = new DatagramSocket(new InetSocketAddress(here, 0));
      }
    }
    this.udp = datagrams;
    this.tcp = connections;
    Thread.ofVirtual().start(this::answerDatagrams);
    Thread.ofVirtual().start(this::answerConnections);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) udp.getLocalSocketAddress();
  }

  /** The queries so far: {@code udp name.} or {@code tcp name.}, {@code plain} without EDNS. */
  List<String> heard() {
    return List.copyOf(heard);
  }

  /** Whether any query has asked to have others asked. */
  boolean wasToldToRecur() {
    return recursion;
  }

  private Message hear(String how, byte[] octets) throws IOException {
    Message query = new Message(octets);
    recursion |= query.getHeader().getFlag(Flags.RD);
    String plain = query.getOPT() == null ? " plain" : "";
    heard.add(how + " " + query.getQuestion().getName() + plain);
    return query;
  }

  private void answerDatagrams() {
    try {
      byte[] buffer = new byte[1500];
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        Message query = hear("udp", Arrays.copyOf(buffer, packet.getLength()));
        for (byte[] answer : script.datagrams(query)) {
          udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException _) {
      udp.close();
    }
  }

  private void answerConnections() {
    try {
      while (true) {
        Socket socket = tcp.accept();
        Thread.ofVirtual().start(() -> answer(socket));
      }
    } catch (IOException _) {
      udp.close();
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      Message query = hear("tcp", in.readNBytes(in.readUnsignedShort()));
      new DataOutputStream(socket.getOutputStream()).write(script.stream(query));
      if (script.lingers()) {
        int end = in.read();
        assert end < 0 : query.getSection(Section.QUESTION);
      }
    } catch (IOException _) {
      heard.add("broken");
    }
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }
}
