"""A PostfixAdmin database by chance, always the same one for a seed, and addresses to try.

postfixadmin.py SEED ADDRESSES FOLDER PORT: writes FOLDER/tables.sql (the tables of PostfixAdmin, by its public schema, with
rows), FOLDER/addresses (as many as asked for, a line each) and FOLDER/rules, a line for each address about which PostfixAdmin's
own maps and ours are known to differ: ADDRESS RULE ROUTE, where ROUTE is what ours make of it. PORT is where relayed mail goes.

mailbox-off     mail for a mailbox that is switched off is taken by PostfixAdmin's maps; ours refuse it: 550
no-alias-row    a mailbox without its own alias row loses its mail to the catch-all; ours deliver it: mailbox:ADDRESS
extension       in another name of a domain with a catch-all, name+extension goes there and not to name; ours have it go where
                it goes in the domain itself, an address that is among the others then: =ADDRESS
"""

import random
import sys
from pathlib import Path

TABLES = """
CREATE TABLE domain (domain varchar(255) NOT NULL, description varchar(255) CHARACTER SET utf8mb4 NOT NULL DEFAULT '',
  aliases int NOT NULL DEFAULT 0, mailboxes int NOT NULL DEFAULT 0, maxquota bigint NOT NULL DEFAULT 0,
  quota bigint NOT NULL DEFAULT 0, transport varchar(255) NOT NULL, backupmx tinyint(1) NOT NULL DEFAULT 0,
  created datetime NOT NULL DEFAULT '2000-01-01', modified datetime NOT NULL DEFAULT '2000-01-01',
  active tinyint(1) NOT NULL DEFAULT 1, password_expiry int DEFAULT 0, PRIMARY KEY (domain)) CHARSET=latin1;
CREATE TABLE alias_domain (alias_domain varchar(255) NOT NULL, target_domain varchar(255) NOT NULL,
  created datetime NOT NULL DEFAULT '2000-01-01', modified datetime NOT NULL DEFAULT '2000-01-01',
  active tinyint(1) NOT NULL DEFAULT 1, PRIMARY KEY (alias_domain), KEY (target_domain)) CHARSET=latin1;
CREATE TABLE mailbox (username varchar(255) NOT NULL, password varchar(255) NOT NULL,
  name varchar(255) CHARACTER SET utf8mb4 NOT NULL, maildir varchar(255) NOT NULL, quota bigint NOT NULL DEFAULT 0,
  local_part varchar(255) NOT NULL, domain varchar(255) NOT NULL, created datetime NOT NULL DEFAULT '2000-01-01',
  modified datetime NOT NULL DEFAULT '2000-01-01', active tinyint(1) NOT NULL DEFAULT 1, phone varchar(30) NOT NULL DEFAULT '',
  email_other varchar(255) NOT NULL DEFAULT '', token varchar(255) NOT NULL DEFAULT '',
  token_validity datetime NOT NULL DEFAULT '2000-01-01', password_expiry datetime NOT NULL DEFAULT '2000-01-01',
  smtp_active tinyint(1) NOT NULL DEFAULT 1, PRIMARY KEY (username), KEY (domain)) CHARSET=latin1;
CREATE TABLE alias (address varchar(255) NOT NULL, goto text NOT NULL, domain varchar(255) NOT NULL,
  created datetime NOT NULL DEFAULT '2000-01-01', modified datetime NOT NULL DEFAULT '2000-01-01',
  active tinyint(1) NOT NULL DEFAULT 1, PRIMARY KEY (address), KEY (domain)) CHARSET=latin1;
CREATE TABLE admin (username varchar(255) NOT NULL, password varchar(255) NOT NULL, superadmin tinyint(1) NOT NULL DEFAULT 0,
  active tinyint(1) NOT NULL DEFAULT 1, PRIMARY KEY (username)) CHARSET=latin1;
CREATE TABLE domain_admins (username varchar(255) NOT NULL, domain varchar(255) NOT NULL, active tinyint(1) NOT NULL DEFAULT 1);
CREATE TABLE vacation (email varchar(255) NOT NULL, subject varchar(255) NOT NULL, body text NOT NULL,
  domain varchar(255) NOT NULL, active tinyint(1) NOT NULL DEFAULT 1, PRIMARY KEY (email)) CHARSET=utf8mb4;
CREATE TABLE quota2 (username varchar(100) NOT NULL, bytes bigint NOT NULL DEFAULT 0, messages int NOT NULL DEFAULT 0);
"""

NAMES = "ann bob cat dan eve fay gil hal ida jon kim lea max nan o'neil pat quin rob sue tom".split()
ROLES = "abuse hostmaster info office post.master sales shop staff support team webmaster".split()
AUTOREPLY = "autoreply.demo.example"
PASSWORDS = ["{SHA512-CRYPT}$6$salt$hash", "$6$salt$hash", "$2y$10$" + "a" * 53, "$1$salt$hash", "{PLAIN}open sesame"]


class Database:
    def __init__(self, seed, port):
        self.chance = random.Random(seed)
        relay = f"[127.0.0.1]:{port}"
        hosted = ["m1", "m2", "m3", "m4", "c1", "c2", "c3", "off", "own"]
        self.domains = {f"{name}.example": {"transport": "virtual", "active": name != "off"} for name in hosted}
        self.domains["r1.example"] = {"transport": f"smtp:{relay}", "active": True}
        self.domains["r2.example"] = {"transport": f"relay:{relay}", "active": True, "backupmx": 1}
        self.others = {"a1.example": ("m1.example", 1), "a2.example": ("c1.example", 1), "a3.example": ("c3.example", 1)}
        for other in self.others:
            self.domains[other] = {"transport": "virtual", "active": True}
        self.others["own.example"] = ("m1.example", 0)
        self.mailboxes, self.aliases = {}, {}
        for domain in [f"{name}.example" for name in hosted]:
            self.fill(domain)
        for domain in ["r1.example", "r2.example"]:
            self.alias(f"known@{domain}", [f"known@{domain}"])
            self.alias(f"moved@{domain}", [self.somebody()])
        self.alias("@c1.example", ["ann@m1.example"])
        self.alias("@c2.example", ["all@elsewhere.example", "bob@m2.example"])
        self.alias("@c3.example", ["@m1.example"])

    def fill(self, domain):
        chance = self.chance
        for name in chance.sample(NAMES, 13):
            address, kind = f"{name}@{domain}", chance.random()
            self.mailboxes[address] = chance.random() > 0.08
            if kind < 0.05:
                continue  # no row of its own
            goto, active = [address], True
            if kind < 0.12:
                active = False
            elif kind < 0.22:
                goto = [self.somebody()]
            elif kind < 0.32:
                goto = [address, self.somebody()]
            elif kind < 0.38:
                goto = [address, f"{name}#{domain}@{AUTOREPLY}"]
            self.alias(address, goto, active)
        for role in chance.sample(ROLES, 8):
            targets = list(dict.fromkeys(self.somebody() for _ in range(chance.randint(1, 3))))
            self.alias(f"{role}@{domain}", targets, chance.random() > 0.1)

    def alias(self, address, goto, active=True):
        self.aliases[address] = (goto, active)

    def somebody(self):
        """Who was there before, so that there is no circle; or somebody elsewhere, or nobody."""
        kind = self.chance.random()
        before = sorted(a for a in {**self.mailboxes, **self.aliases} if not a.startswith("@"))
        if not before or kind < 0.15:
            return f"{self.chance.choice(NAMES)}@elsewhere.example"
        chosen = self.chance.choice(before)
        if kind < 0.2:
            return chosen.replace("@m1.example", "@a1.example")
        return chosen if kind < 0.95 else f"nobody@{chosen.partition('@')[2]}"

    def write(self, file):
        chance = self.chance
        rows = ["('ALL','',0,0,0,0,'',0,1)"]
        for domain, facts in self.domains.items():
            limits = chance.choice(["0,0,0,0", "100,100,10,0", "0,50,0,2048"])
            values = [f"'{domain}'", f"'Dömäne {domain}'", limits, f"'{facts['transport']}'", facts.get("backupmx", 0)]
            rows.append("(" + ",".join(map(str, [*values, int(facts["active"])])) + ")")
        file.write(TABLES)
        file.write("SET NAMES utf8mb4;\n")
        insert(file, "domain (domain, description, aliases, mailboxes, maxquota, quota, transport, backupmx, active)", rows)
        others = [f"('{other}','{target}',{active})" for other, (target, active) in self.others.items()]
        insert(file, "alias_domain (alias_domain, target_domain, active)", others)
        rows = []
        for address, active in self.mailboxes.items():
            name, _, domain = sql(address).partition("@")
            password, quota = chance.choice(PASSWORDS), chance.choice([0, 0, 10240000])
            rows.append(
                f"('{name}@{domain}','{password}','Nàme {name}','{domain}/{name}/',{quota},'{name}','{domain}',{int(active)},"
                f"{int(chance.random() > 0.1)})"
            )
        insert(file, "mailbox (username, password, name, maildir, quota, local_part, domain, active, smtp_active)", rows)
        rows = []
        for address, (goto, active) in self.aliases.items():
            rows.append(f"('{sql(address)}','{sql(','.join(goto))}','{address.partition('@')[2]}',{int(active)})")
        insert(file, "alias (address, goto, domain, active)", rows)
        insert(file, "admin (username, password, superadmin)", ["('root@m1.example','$6$a$b',1)"])
        insert(file, "domain_admins (username, domain)", ["('root@m1.example','ALL')"])
        insert(file, "vacation", ["('ann@m1.example','Away','I\\'m\\naway; (back soon)','m1.example',1)"])
        insert(file, "quota2", ["('ann@m1.example',1,1)", "('bob@m1.example',2,2)"])

    def address(self):
        chance = self.chance
        domain = chance.choice([*self.domains, "elsewhere.example"] if chance.random() > 0.03 else ["elsewhere.example"])
        name = chance.choice([*NAMES, *ROLES, "nobody", "somebody", "known", "moved"])
        if chance.random() < 0.15:
            name += chance.choice(["+x", "+list-1", "+a+b"])
        if chance.random() < 0.08:
            name = chance.choice([name.upper(), name.capitalize()])
        return f"{name}@{domain.upper() if chance.random() < 0.05 else domain}"

    def rule(self, address):
        """The rule about an address, with what ours make of it; nothing if there is none."""
        name, _, domain = address.lower().partition("@")
        if domain not in self.domains or not self.domains[domain]["active"]:
            return None
        target, active = self.others.get(domain, (domain, 0))
        behind = target if active else domain
        catching, base = f"@{behind}" in self.aliases, f"{name.partition('+')[0]}@{behind}"
        if behind != domain and catching and "+" in name:
            return "extension", f"={name}@{behind}"
        _, on = self.aliases.get(base, ([], False))
        if not self.mailboxes.get(base, True):
            return None if on and base not in self.aliases[base][0] else ("mailbox-off", "550")
        if not on and base in self.mailboxes and catching:
            return "no-alias-row", f"mailbox:{name}@{behind}"
        return None


def sql(text):
    return text.replace("'", "''")


def insert(file, table, rows):
    file.write(f"INSERT INTO {table} VALUES\n" + ",\n".join(rows) + ";\n")


def main():
    seed, count, folder, port = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]
    database = Database(seed, port)
    with (folder / "tables.sql").open("w", encoding="utf-8") as file:
        database.write(file)
    addresses, rules = {}, {}
    while len(addresses) < count:
        waiting = [database.address()]
        while waiting:
            address = waiting.pop()
            addresses[address] = True
            rule = database.rule(address)
            if rule:
                rules[address] = rule
                waiting += [rule[1][1:]] if rule[1].startswith("=") else []
    (folder / "addresses").write_text("".join(f"{address}\n" for address in addresses))
    (folder / "rules").write_text("".join(f"{address} {rule} {route}\n" for address, (rule, route) in rules.items()))


if __name__ == "__main__":
    main()
