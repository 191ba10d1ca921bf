#ifndef MXSWEEP_TESTS_RULE_DKIM_CASES_H
#define MXSWEEP_TESTS_RULE_DKIM_CASES_H

#include "rule/rule_case.h"

#define RSA_2048                                                                                   \
	"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAy3Z9ffZe8gUTJrdGuKj6IwEembmKYpp0"             \
	"jMa8uhudErcI4gFVUaFiiRWxc4jP/XR9NAEv3XwHm+CVcHu+L/n6VWt6g59U7vHXQicMfKGmEp2V"             \
	"plsgojNy/Y5X9HdVYM0azsI47NcJCDW9UVfeOHdOSgFME4F8dNtUKC4KTB2d1pqj/yixz+V8Sv8x"             \
	"kEyPfSRHcNXIw0LvelqJ1MRfN3hO/3uQSVrPYYk4SyV0b6wfnkQs28fpiIpGQvzlGI5WkrdOQT5k"             \
	"4YHaEvZDLNdwiMeVZOEL7dDoFs2mQsovm+tH0StUAZTnr61NLVFfD5V6Ip1V9zVtspPHvYSuOWwy"             \
	"ArFZ9QIDAQAB"
#define RSA_1024_BARE                                                                              \
	"MIGJAoGBALVI635dLK4cJJAH3Lx6upo3X/Lm1tQz3mezcWTA3BUBnyIsdnRf57aD5BtNmhPrYYDl"             \
	"Wlzw3UgnKisIxktkk5+iMQMlFtAS10JB8L3YadXNJY+JBcbeSi5TgJe4WFzNgW95FWDAuSTRXSWZ"             \
	"fA/8xjflbTLDx0euFZOM7C4T0GwLAgMBAAE="
#define RSA_1024                                                                                   \
	"MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7"             \
	"/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gb"             \
	"to/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB"
#define ED25519 "JDcbZ0Hpba5NKXI4UAW3G0IDhhFOxhJTDybZEwe1FeA="

/* Rows marked mox, mail-auth and go-msgauth come from those projects. */
static const struct rule_case dkim_cases[] = {
	{ "a key", "a.com s1", "s1._domainkey.a.com TXT v=DKIM1; k=rsa; p=" RSA_2048 "\n",
	    "1; s1 data sound rsa 2048" },
	{ "no selector, no node", "a.com", "a.com TXT x\n", "0; node nxdomain" },
	{ "no selector, a node", "a.com", "s1._domainkey.a.com TXT p=" RSA_2048 "\n",
	    "0; node nodata" },
	{ "no selector, no answer", "a.com", "_domainkey.a.com TXT TIMEOUT\n", "0; node timeout" },
	{ "a selector that is not there", "a.com s1", "a.com TXT x\n",
	    "0; s1 nxdomain; node nxdomain" },
	{ "one of two is there", "a.com s1  s2", "s2._domainkey.a.com TXT p=" RSA_2048 "\n",
	    "1; s1 nxdomain; s2 data sound rsa 2048" },
	{ "selectors in upper case", "a.com S1", "s1._domainkey.a.com TXT p=" RSA_2048 "\n",
	    "1; s1 data sound rsa 2048" },
	{ "no answer", "a.com s1", "s1._domainkey.a.com TXT SERVFAIL\n",
	    "0; s1 servfail; node nodata" },
	{ "behind an alias", "a.com s1",
	    "s1._domainkey.a.com CNAME s1.b.com\ns1.b.com TXT p=" RSA_2048 "\n",
	    "1; s1 data sound rsa 2048" },
	{ "an alias that dangles", "a.com s1", "s1._domainkey.a.com CNAME s1.b.com\n",
	    "0; s1 nxdomain; node -" },
	{ "two records", "a.com s1",
	    "s1._domainkey.a.com TXT p=" RSA_2048 "\ns1._domainkey.a.com TXT p=" RSA_1024 "\n",
	    "1; s1 data x2 sound rsa 1024" },
	{ "revoked", "a.com s1", "s1._domainkey.a.com TXT v=DKIM1; p=\n",
	    "0; s1 data sound revoked; node -" }, /* mail-auth */
	{ "revoked, with a type", "a.com s1", "s1._domainkey.a.com TXT v=DKIM1; k=rsa; p=;\n",
	    "0; s1 data sound revoked; node -" }, /* mail-auth */
	{ "a blank behind the last semicolon", "a.com s1",
	    "s1._domainkey.a.com TXT v=DKIM1; p=; \n",
	    "0; s1 data untidy revoked; node -" }, /* mox refuses it */
	{ "nothing", "a.com s1", "s1._domainkey.a.com TXT \n",
	    "0; s1 data unusable; node -" }, /* mox */
	{ "the same tag twice", "a.com s1", "s1._domainkey.a.com TXT v=DKIM1; p=; p=\n",
	    "0; s1 data unusable; node -" }, /* mox */
	{ "ed25519 that is too short", "a.com s1",
	    "s1._domainkey.a.com TXT v=DKIM1; k=ed25519; p=HbawiMnQXTCopHTkR0jlKQ==\n",
	    "0; s1 data unusable; node -" }, /* mox */
	{ "ed25519", "a.com s1", "s1._domainkey.a.com TXT k=ed25519; p=" ED25519 "\n",
	    "1; s1 data sound ed25519 256" },
	{ "ed25519 published as SubjectPublicKeyInfo", "a.com s1",
	    "s1._domainkey.a.com TXT k=ed25519; p=MCowBQYDK2VwAyEA" ED25519 "\n",
	    "0; s1 data unusable; node -" },
	{ "a type that nobody knows is not a matter of syntax", "a.com s1",
	    "s1._domainkey.a.com TXT v=DKIM1; k=unknown; p=" ED25519 "\n",
	    "0; s1 data sound unknown 0; node -" },
	{ "all tags and blanks", "a.com s1",
	    "s1._domainkey.a.com TXT v = DKIM1 ;   h\t=\tsha1 \t:\t SHA256:unknown\t;k=ed25519; "
	    "n = notes...; p = JDc bZ0Hpb a5NK\tXI4UAW3G0IDhhFOxhJTDybZEwe1FeA=  ;"
	    "s = email : tlsrpt; t = y\t: t; unknown = bogus;\n",
	    "1; s1 data sound ed25519 256" }, /* mox */
	{ "empty parts", "a.com s1",
	    "s1._domainkey.a.com TXT v=DKIM1; k=rsa; p=" RSA_2048
	    " ; t= y : s :yy:x;s=*:email;; h= sha1:sha 256:other;; n=ignore these notes \n",
	    "0; s1 data untidy rsa 2048; node -" }, /* mail-auth, which reads `sha 256` as one
							    word */
	{ "a bare RSA key", "a.com s1", "s1._domainkey.a.com TXT v=DKIM1; p=" RSA_1024_BARE "\n",
	    "1; s1 data sound rsa 1024" }, /* go-msgauth */
	{ "the key of RFC 6376 C", "a.com s1", "s1._domainkey.a.com TXT v=DKIM1; p=" RSA_1024 "\n",
	    "1; s1 data sound rsa 1024" }, /* go-msgauth */
	{ "no version", "a.com s1", "s1._domainkey.a.com TXT p=" RSA_1024 "\n",
	    "1; s1 data sound rsa 1024" },
	{ "another version", "a.com s1", "s1._domainkey.a.com TXT v=DKIM2; p=" RSA_1024 "\n",
	    "0; s1 data unusable; node -" },
	{ "the version in lower case", "a.com s1",
	    "s1._domainkey.a.com TXT v=dkim1; p=" RSA_1024 "\n", "0; s1 data unusable; node -" },
	{ "the version behind another tag", "a.com s1",
	    "s1._domainkey.a.com TXT p=" RSA_1024 "; v=DKIM1\n", "0; s1 data unusable; node -" },
	{ "tag names have a letter case", "a.com s1",
	    "s1._domainkey.a.com TXT v=DKIM1; P=" RSA_1024 "\n", "0; s1 data unusable; node -" },
	{ "a backslash of the zone editor", "a.com s1",
	    "s1._domainkey.a.com TXT v=DKIM1\\; p=" RSA_1024 "\n", "0; s1 data unusable; node -" },
	{ "a key that was cut short", "a.com s1",
	    "s1._domainkey.a.com TXT v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/\n",
	    "0; s1 data unusable; node -" },
	{ "base64 with padding that is too much", "a.com s1",
	    "s1._domainkey.a.com TXT v=DKIM1; p=" RSA_1024 "=\n", "0; s1 data unusable; node -" },
	{ "the lines of a PEM file", "a.com s1",
	    "s1._domainkey.a.com TXT v=DKIM1; p=-----BEGIN PUBLIC KEY-----" RSA_1024 "\n",
	    "0; s1 data unusable; node -" },
	{ "two records, one of them no key", "a.com s1",
	    "s1._domainkey.a.com TXT a\ns1._domainkey.a.com TXT p=" RSA_1024 "\n",
	    "1; s1 data x2 sound rsa 1024" },
	{ "the same selector twice", "a.com s1 S1 s1", "s1._domainkey.a.com TXT p=" RSA_1024 "\n",
	    "1; s1 data sound rsa 1024" },

	/* ---- selectors that nobody named */
	{ "a selector of the mail provider", "a.com",
	    "a.com MX 10 aspmx.l.google.com\nthree._domainkey.a.com TXT p=" RSA_2048 "\n",
	    "1; three derived data sound rsa 2048" },
	{ "selectors of an included name, both of them", "a.com",
	    "a.com TXT v=spf1 include:x.b.com -all\nx.b.com TXT v=spf1 -all\n"
	    "four._domainkey.a.com TXT p=" RSA_2048 "\nfive._domainkey.a.com TXT p=\n",
	    "1; four derived data sound rsa 2048; five derived data sound revoked" },
	{ "selectors of providers are tried beside those of the row", "a.com s1",
	    "a.com MX 10 aspmx.l.google.com\nthree._domainkey.a.com TXT p=" RSA_2048 "\n"
	    "s1._domainkey.a.com TXT k=ed25519; p=" ED25519 "\n",
	    "2; s1 data sound ed25519 256; three derived data sound rsa 2048" },
	{ "the row has it already", "a.com three",
	    "a.com MX 10 aspmx.l.google.com\nthree._domainkey.a.com TXT p=" RSA_2048 "\n",
	    "1; three data sound rsa 2048" },
	{ "they are tried even where no key can exist", "a.com", "a.com MX 10 aspmx.l.google.com\n",
	    "0; node nxdomain" },
	{ "no word of one of them", "a.com",
	    "a.com MX 10 aspmx.l.google.com\nthree._domainkey.a.com TXT TIMEOUT\n",
	    "0; node nodata" },
	{ "a common selector", "a.com", "two._domainkey.a.com TXT p=" RSA_2048 "\n",
	    "1; two common data sound rsa 2048" },
	{ "common selectors up to the first key", "a.com",
	    "one._domainkey.a.com TXT p=" RSA_2048 "\ntwo._domainkey.a.com TXT p=" RSA_1024 "\n",
	    "1; one common data sound rsa 2048" },
	{ "a revoked one is not the last that is tried", "a.com",
	    "one._domainkey.a.com TXT p=\ntwo._domainkey.a.com TXT p=" RSA_1024 "\n",
	    "1; one common data sound revoked; two common data sound rsa 1024" },
	{ "none of them, where better is known", "a.com s1",
	    "s1._domainkey.a.com TXT p=" RSA_2048 "\none._domainkey.a.com TXT p=" RSA_1024 "\n",
	    "1; s1 data sound rsa 2048" },
	{ "no word of the node: they are tried", "a.com",
	    "_domainkey.a.com TXT SERVFAIL\none._domainkey.a.com TXT p=" RSA_2048 "\n",
	    "1; one common data sound rsa 2048" },
	{ "a guessed alias that dangles", "a.com",
	    "one._domainkey.a.com CNAME one.b.com\ncom SOA\n",
	    "0; one common nxdomain; node nodata" },

	/* ---- wildcards */
	{ "a wildcard below _domainkey, the row's selector with it", "a.com s1",
	    "*._domainkey.a.com TXT p=" RSA_2048 "\n",
	    "0; s1 data wildcard sound rsa 2048; node -; missed 2" },
	{ "a key beside a wildcard", "a.com",
	    "*._domainkey.a.com TXT v=DKIM1; p=\ntwo._domainkey.a.com TXT p=" RSA_2048 "\n",
	    "1; two common data sound rsa 2048; missed 1" },
	{ "a key that is the wildcard's by chance counts as such", "a.com s1",
	    "*._domainkey.a.com TXT p=\ns1._domainkey.a.com TXT p=\n",
	    "0; s1 data wildcard sound revoked; node -; missed 2" },
	{ "a wildcard below the domain: there is no node", "a.com", "*.a.com TXT v=spf1 -all\n",
	    "0; node data" },
	{ "a wildcard below the domain, and a node of its own", "a.com",
	    "*.a.com TXT v=spf1 -all\none._domainkey.a.com TXT p=" RSA_2048 "\n",
	    "1; one common data sound rsa 2048" },
	{ "an alias for every name", "a.com s1", "*._domainkey.a.com CNAME b.com\n",
	    "0; s1 nxdomain wildcard; node -; missed 2" },
	{ "no word of the wildcard", "a.com s1",
	    "*._domainkey.a.com TXT TIMEOUT\ns1._domainkey.a.com TXT p=" RSA_2048 "\n",
	    "1; s1 data sound rsa 2048" },

	{ "a text of something else", "a.com s1", "s1._domainkey.a.com TXT v=spf1 -all\n",
	    "0; s1 data unusable; node -" },
};

#endif
