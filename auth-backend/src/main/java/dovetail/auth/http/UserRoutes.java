package dovetail.auth.http;

import dovetail.auth.UserLog;
import dovetail.auth.answer.DovecotSeries;
import dovetail.auth.answer.User;
import dovetail.auth.answer.Users;
import dovetail.directory.AccountMask;
import dovetail.directory.Lookup;
import dovetail.http.BadRequestException;
import dovetail.http.HttpRequest;
import dovetail.http.HttpResponse;
import dovetail.mail.Address;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Says who has mail here and where, who has a login, and who all are. */
final class UserRoutes {
  private final Users users;
  private final UserLog log;
  private final LongSupplier nanos;

  UserRoutes(Users users, UserLog log, LongSupplier nanos) {
    this.users = users;
    this.log = log;
    this.nanos = nanos;
  }

  /** Where a user's mail is. */
  HttpResponse userdb(HttpRequest request) throws BadRequestException {
    try (Question asked = Question.read(request)) {
      String name = asked.required("user");
      DovecotSeries series = asked.series();
      long began = nanos.getAsLong();
      Lookup<User> found = users.user(name, asked.text("service").orElse(""));
      return reply(
          name,
          began,
          found,
          user ->
              Reply.ok().line("user", user.address().toString()).lines("", user.fields(series)));
    }
  }

  /** By which name a login is known; of its password nothing is said. */
  HttpResponse passdb(HttpRequest request) throws BadRequestException {
    try (Question asked = Question.read(request)) {
      String name = asked.required("user");
      long began = nanos.getAsLong();
      Lookup<Address> found = users.login(name, asked.text("service").orElse(""));
      return reply(name, began, found, address -> Reply.ok().line("user", address.toString()));
    }
  }

  /** The next users by their names; none behind the last one. */
  HttpResponse users(HttpRequest request) throws BadRequestException {
    try (Question asked = Question.read(request)) {
      long began = nanos.getAsLong();
      String mask = asked.text("mask").orElse(AccountMask.ALL.text());
      Lookup<List<Address>> found =
          users.page(asked.text("after").orElse(""), new AccountMask(mask));
      return reply(
          mask,
          began,
          found,
          page -> {
            Reply reply = Reply.ok();
            page.forEach(address -> reply.line("user", address.toString()));
            return reply;
          });
    }
  }

  private <T> HttpResponse reply(
      String name, long began, Lookup<T> found, Function<T, Reply> words) {
    log.answered(
        new UserLog.Question(UserLog.Protocol.HTTP, name), found, nanos.getAsLong() - began);
    Reply reply =
        switch (found) {
          case Lookup.Found<T>(T value) -> words.apply(value);
          case Lookup.Absent<T> _ -> Reply.absent();
          case Lookup.Unavailable<T> _ -> Reply.temporary();
        };
    return reply.response();
  }
}
