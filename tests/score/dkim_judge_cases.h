#ifndef MXSWEEP_TESTS_SCORE_DKIM_JUDGE_CASES_H
#define MXSWEEP_TESTS_SCORE_DKIM_JUDGE_CASES_H

#include "rule/dkim_cases.h"
#include "score/judge_case.h"

/* Numbers of the length that the names say, drawn at random; no private keys belong to them. */
#define RSA_512                                                                                    \
	"MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBALb2dcyB50716OJdlA7ZBHWVMZhdXZ3J+BgY6BGJL5Ar"             \
	"0j8IJBKLLzMMXH/QpqOkUGUTJw4mng038qdN5FLmtDkCAwEAAQ=="
#define RSA_1023                                                                                   \
	"MIGeMA0GCSqGSIb3DQEBAQUAA4GMADCBiAKBgHWmWSFKI9WWIhe+rdvElsuOgZc+C+zXsDiY0ZD5"             \
	"69rMDLHinGWM2hSV5gr1k70Ezw/WMPHynQ2plT9I8aCfdrWhcLM4OSYwWfKMEF0fsXwjkMGSz9Os"             \
	"lK8PId22bK1KJo0Rbs4XOPfZPZwXJBHiC49rDVSbbwNnWhYAo1oJmVDZAgMBAAE="
#define RSA_EVEN                                                                                   \
	"MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDsZqeHledh0XcxrxBQa/Lvxvh3GG12sH6IHtFi"             \
	"ri6xVH8VBSQ0ubXfnndpsQ9CBbSQenDDEBLwN7ZM5CKMOPspGPE10l9VcgMwGFDFo4/VR5I6c2mU"             \
	"47+RGmHb4i5EFYuul7qU0O2oL49tBVhO+Ko4kidmWB4nocCKamPsJO3mpAIDAQAB"
#define RSA_EXPONENT_1                                                                             \
	"MIGdMA0GCSqGSIb3DQEBAQUAA4GLADCBhwKBgQDr9GxpfSyvgu7qy+Im6HVVV5D4LsHT/P8qOvTU"             \
	"awoY6IMOB7weOY8QEr1KzvrsvTib5Lz8SbZKCHLmzDq6vO0gV+4FzeAJAsd+v/IGhnNHIUzdIFWT"             \
	"DW6vFPRzPz59G/vHouogsvFMlC4FMZrLXHQnP5jid0y9h61ckKlYdAPkMQIBAQ=="
#define RSA_4104                                                                                   \
	"MIICIzANBgkqhkiG9w0BAQEFAAOCAhAAMIICCwKCAgIA5I8sbsjMQWmjrjorf9/gGJPzrtC2x6wU"             \
	"kd74gzTmR8uPdOaaXQ3SemW9YoiBrRty26er4cKeGo7080HgeoP3Pxbb9KiysMQxLSAgNibz/jnA"             \
	"UZCI9ZD7vRGcHKr3Xodm7Yja9AFrQBPvJUsMTgEMR1lILJy8Q0NcxS6uBc+W0Mxf1MKMLnwmhH8D"             \
	"FpCeO7vp6qiUjIk7YYZ2Jrt9vS0cmvAVPnwqJqLAvTsSh//1Ld9dYWSZyeJadgWuxvAkW9htQPyJ"             \
	"G0pqUN9NtNZqOkdGmk2M2zBf3S4WCW42qrDRvFLZIw2XfuIlcVlHIHcfjKgYEWbSKHZy/fICKpb7"             \
	"GhSg+ed/GxA83xWCsOq0d9JkFUecZdyfUD9jr4O9BWHmIRxwz0mVI5nEqurBN9x2+w8XowB+YqoK"             \
	"Hfn9eJxlOTgrBTfmWv+yKXYxqZLwzlg1BcavB1jVVj2rLNMe4xUSiGLDOk+3dOtSSNtAr3IVg3DS"             \
	"aamlrmWPM/47iQuT9Eizpao8gU9CbcuzlPs2uy1CDw+ICAsQo9ayqgXhGrJxWUV5XoIpRRq9gfHW"             \
	"ntYX9eg31wgg/hGactF0yd9qzAEc3ZR0Axt/JhRLmCifzVmlSnux/uCPVxJCQlBRwczRf5rK4B9Q"             \
	"V8oCE16SsdPyjt4NesO66p4T3u+GqxAx0PZG4fQKCXyXAgMBAAE="

#define AT(selector) selector "._domainkey.a.com TXT "
#define GOOGLE "a.com MX 10 aspmx.l.google.com\naspmx.l.google.com A 8.8.8.8\n"
#define PARKED NULL_MX "a.com TXT v=spf1 -all\n"

/* Area dkim, and domain.wildcard. */
static const struct judge_case dkim_judge_cases[] = {
	/* ---- which selectors count */
	{ "a key of the provider", GOOGLE AT("three") "p=" RSA_2048 "\n", "",
	    "dkim.selectors=pass dkim.node=info dkim.syntax=pass dkim.revoked=pass "
	    "dkim.key-type=pass "
	    "dkim.key-size=pass dkim.flags=pass dkim.hash=pass dkim.service-type=pass "
	    "dkim.obsolete-tags=pass dkim.single-record=pass "
	    "dkim.cname-target=not_applicable:feature_absent dkim.parked=not_applicable:role "
	    "domain.wildcard=pass" },
	{ "no key of the provider, and no node", GOOGLE, "",
	    "dkim.selectors=warn dkim.key-size=not_applicable:prerequisite_failed dkim.node=info" },
	{ "no key of the provider, but a node", GOOGLE "x._domainkey.a.com TXT x\n", "",
	    "dkim.selectors=not_tested:no_selector_known "
	    "dkim.key-size=not_tested:no_selector_known" },
	{ "a broken key that nobody named", MX AT("one") "p=!\n", "",
	    "dkim.selectors=not_tested:no_selector_known dkim.syntax=fail" },
	{ "a missing selector of the row, beside a key of the provider",
	    GOOGLE AT("three") "p=" RSA_2048 "\n", "selectors=s1", "dkim.selectors=fail" },
	{ "a common key", MX AT("two") "p=" RSA_2048 "\n", "", "dkim.selectors=pass" },
	{ "no word of the node", MX "_domainkey.a.com TXT TIMEOUT\n", "",
	    "dkim.node=not_tested:dns_timeout dkim.selectors=not_tested:no_selector_known" },
	{ "resolvers disagree about the node", MX "_domainkey.a.com TXT UNCONFIRMED\n", "",
	    "dkim.node=not_tested:unconfirmed dkim.selectors=not_tested:no_selector_known" },

	{ "stopped before the node was known", MX "_domainkey.a.com TXT CANCELLED\n", "",
	    "dkim.selectors=not_tested:cancelled dkim.key-size=not_tested:cancelled" },
	{ "stopped among the selectors",
	    MX "x._domainkey.a.com TXT x\ntwo._domainkey.a.com TXT CANCELLED\n", "",
	    "dkim.selectors=not_tested:cancelled" },

	/* ---- what the record says */
	{ "a bare key, too short for today", MX AT("s1") "p=" RSA_1024_BARE "\n", "selectors=s1",
	    "dkim.selectors=pass dkim.syntax=info dkim.key-size=warn" },
	{ "512 bits", MX AT("s1") "p=" RSA_512 "\n", "selectors=s1",
	    "dkim.selectors=fail dkim.syntax=pass dkim.key-size=fail" },
	{ "1023 bits", MX AT("s1") "p=" RSA_1023 "\n", "selectors=s1",
	    "dkim.selectors=fail dkim.key-size=fail" },
	{ "1024 bits", MX AT("s1") "p=" RSA_1024 "\n", "selectors=s1",
	    "dkim.selectors=pass dkim.key-size=warn" },
	{ "4104 bits", MX AT("s1") "p=" RSA_4104 "\n", "selectors=s1",
	    "dkim.selectors=pass dkim.key-size=info" },
	{ "an even modulus", MX AT("s1") "p=" RSA_EVEN "\n", "selectors=s1",
	    "dkim.selectors=fail dkim.key-size=fail dkim.syntax=pass" },
	{ "an exponent of one", MX AT("s1") "p=" RSA_EXPONENT_1 "\n", "selectors=s1",
	    "dkim.selectors=fail dkim.key-size=fail dkim.syntax=pass" },
	{ "ed25519 alone", MX AT("s1") "k=ed25519; p=" ED25519 "\n", "selectors=s1",
	    "dkim.selectors=pass dkim.key-type=info dkim.key-size=pass" },
	{ "ed25519 beside RSA",
	    MX AT("s1") "k=ed25519; p=" ED25519 "\n" AT("s2") "p=" RSA_2048 "\n", "selectors=s1 s2",
	    "dkim.selectors=pass dkim.key-type=pass dkim.key-size=pass" },
	{ "ed25519 beside RSA that is too short",
	    MX AT("s1") "k=ed25519; p=" ED25519 "\n" AT("s2") "p=" RSA_512 "\n", "selectors=s1 s2",
	    "dkim.selectors=fail dkim.key-type=info dkim.key-size=fail" },
	{ "ed25519 of 16 octets", MX AT("s1") "k=ed25519; p=HbawiMnQXTCopHTkR0jlKQ==\n",
	    "selectors=s1",
	    "dkim.selectors=fail dkim.syntax=fail dkim.key-size=fail "
	    "dkim.key-type=not_applicable:prerequisite_failed" },
	{ "ed25519 as SubjectPublicKeyInfo",
	    MX AT("s1") "k=ed25519; p=MCowBQYDK2VwAyEA" ED25519 "\n", "selectors=s1",
	    "dkim.selectors=fail dkim.syntax=fail dkim.key-size=fail" },
	{ "a type that nobody knows", MX AT("s1") "k=dilithium; p=" ED25519 "\n", "selectors=s1",
	    "dkim.selectors=fail dkim.syntax=pass dkim.key-type=fail "
	    "dkim.key-size=not_applicable:prerequisite_failed" },
	{ "a type in upper case", MX AT("s1") "k=RSA; p=" RSA_2048 "\n", "selectors=s1",
	    "dkim.selectors=pass dkim.syntax=warn dkim.key-type=pass" },
	{ "in testing", MX AT("s1") "t=y:s; p=" RSA_2048 "\n", "selectors=s1",
	    "dkim.selectors=pass dkim.flags=warn" },
	{ "no subdomains", MX AT("s1") "t=s; p=" RSA_2048 "\n", "selectors=s1", "dkim.flags=info" },
	{ "a flag that nobody knows", MX AT("s1") "t=x:yy; p=" RSA_2048 "\n", "selectors=s1",
	    "dkim.flags=pass" },
	{ "SHA-256 alone", MX AT("s1") "h=sha256; p=" RSA_2048 "\n", "selectors=s1",
	    "dkim.hash=pass" },
	{ "SHA-1 as well", MX AT("s1") "h=sha1:SHA256; p=" RSA_2048 "\n", "selectors=s1",
	    "dkim.selectors=pass dkim.hash=info" },
	{ "SHA-1 alone", MX AT("s1") "h=sha1; p=" RSA_2048 "\n", "selectors=s1",
	    "dkim.selectors=fail dkim.hash=fail" },
	{ "no hash at all", MX AT("s1") "h=; p=" RSA_2048 "\n", "selectors=s1", "dkim.hash=fail" },
	{ "for mail by name", MX AT("s1") "s=tlsrpt : email; p=" RSA_2048 "\n", "selectors=s1",
	    "dkim.service-type=pass" },
	{ "for reports alone", MX AT("s1") "s=tlsrpt; p=" RSA_2048 "\n", "selectors=s1",
	    "dkim.selectors=fail dkim.service-type=fail" },
	{ "tags of old", MX AT("s1") "v=DKIM1; g=*; p=" RSA_2048 "; x=y\n", "selectors=s1",
	    "dkim.syntax=pass dkim.obsolete-tags=info" },
	{ "revoked, and the row names it", MX AT("s1") "p=\n", "selectors=s1",
	    "dkim.selectors=fail dkim.revoked=fail "
	    "dkim.key-size=not_applicable:prerequisite_failed "
	    "dkim.flags=not_applicable:prerequisite_failed" },
	{ "revoked, and nothing else found", MX AT("one") "p=\n", "",
	    "dkim.revoked=warn dkim.selectors=not_tested:no_selector_known" },
	{ "revoked, beside another", MX AT("one") "p=\n" AT("two") "p=" RSA_2048 "\n", "",
	    "dkim.revoked=info dkim.selectors=pass" },
	{ "unreadable", MX AT("s1") "k=rsa\n", "selectors=s1",
	    "dkim.syntax=fail dkim.revoked=not_applicable:prerequisite_failed" },

	{ "the key of 50 domains", MX AT("s1") "p=" RSA_1024 "\n", "selectors=s1",
	    "dkim.key-shared=pass" },
	{ "the key of 51 domains", MX AT("s1") "k=ed25519; p=" ED25519 "\n", "selectors=s1",
	    "dkim.key-shared=info" },
	{ "no key to share", MX AT("s1") "p=\n", "selectors=s1",
	    "dkim.key-shared=not_applicable:prerequisite_failed" },

	/* ---- aliases */
	{ "an alias", MX "s1._domainkey.a.com CNAME s1.b.com\ns1.b.com TXT p=" RSA_2048 "\n",
	    "selectors=s1", "dkim.selectors=pass dkim.cname-target=pass" },
	{ "an alias that dangles", MX "s1._domainkey.a.com CNAME s1.b.com\nb.com SOA\n",
	    "selectors=s1",
	    "dkim.selectors=fail dkim.cname-target=fail "
	    "dkim.syntax=not_applicable:prerequisite_failed" },
	{ "an alias to a name without a text",
	    MX "s1._domainkey.a.com CNAME s1.b.com\ns1.b.com A 8.8.8.8\n", "selectors=s1",
	    "dkim.cname-target=fail" },
	{ "an alias into a domain that is free", MX "s1._domainkey.a.com CNAME s1.b.com\ncom SOA\n",
	    "selectors=s1", "dkim.cname-target=fail" },
	{ "an alias that nobody named and that dangles",
	    GOOGLE "three._domainkey.a.com CNAME s1.b.com\ncom SOA\n", "",
	    "dkim.cname-target=fail dkim.selectors=not_tested:no_selector_known" },
	{ "no word of the target", MX "s1._domainkey.a.com CNAME s1.b.com\ns1.b.com TXT TIMEOUT\n",
	    "selectors=s1", "dkim.cname-target=not_tested:dns_timeout" },

	/* ---- wildcards */
	{ "a wildcard for keys", MX "*._domainkey.a.com TXT p=" RSA_2048 "\n", "selectors=s1",
	    "domain.wildcard=warn dkim.selectors=not_tested:wildcard_answer "
	    "dkim.syntax=not_tested:wildcard_answer dkim.cname-target=not_tested:wildcard_answer" },
	{ "a wildcard for keys, and no selector", MX "*._domainkey.a.com TXT p=" RSA_2048 "\n", "",
	    "domain.wildcard=warn dkim.selectors=not_tested:wildcard_answer "
	    "dkim.key-size=not_tested:wildcard_answer" },
	{ "a wildcard for all texts", MX "*.a.com TXT v=spf1 -all\n", "",
	    "domain.wildcard=warn dkim.selectors=not_tested:wildcard_answer dkim.node=info" },
	{ "a wildcard for all texts, and a key", MX "*.a.com TXT x\n" AT("s1") "p=" RSA_2048 "\n",
	    "selectors=s1", "domain.wildcard=warn dkim.selectors=pass" },
	{ "parked, with a key that revokes all", PARKED "*._domainkey.a.com TXT v=DKIM1; p=\n", "",
	    "domain.wildcard=pass dkim.parked=pass dkim.node=not_applicable:role" },
	{ "parked, with SPF that denies for all", PARKED "*.a.com TXT v=spf1 -all\n", "",
	    "domain.wildcard=pass dkim.parked=info" },
	{ "parked, with a key that revokes all beside something else",
	    PARKED "*._domainkey.a.com TXT v=DKIM1; p=\n*._domainkey.a.com TXT x\n", "",
	    "domain.wildcard=warn dkim.parked=info" },
	{ "parked, with SPF that does not deny", PARKED "*.a.com TXT v=spf1 ~all\n", "",
	    "domain.wildcard=warn dkim.parked=info" },
	{ "parked, without a node", PARKED, "", "domain.wildcard=pass dkim.parked=info" },
	{ "parked, and no word of the random name", PARKED "*._domainkey.a.com TXT TIMEOUT\n", "",
	    "domain.wildcard=not_tested:dns_timeout dkim.parked=not_tested:dns_timeout" },
	{ "nobody knows whether it is parked",
	    "a.com MX 0 .\na.com TXT TIMEOUT\n*.a.com TXT v=spf1 -all\n", "",
	    "domain.wildcard=not_tested:dns_timeout dkim.parked=not_tested:dns_timeout" },
	{ "a wildcard for hosts", MX "*.a.com A 8.8.8.8\n", "", "domain.wildcard=info" },
	{ "a wildcard for mail", MX "*.a.com MX 10 mx.a.com\n", "", "domain.wildcard=info" },
	{ "no word of hosts", MX "*.a.com AAAA TIMEOUT\n", "",
	    "domain.wildcard=not_tested:dns_timeout" },
};

#undef AT
#undef GOOGLE
#undef PARKED

#endif
