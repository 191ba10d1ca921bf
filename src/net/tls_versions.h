#ifndef MXSWEEP_NET_TLS_VERSIONS_H
#define MXSWEEP_NET_TLS_VERSIONS_H

/* All versions that the library speaks, or one alone. */
enum tls_versions {
	TLS_VERSIONS_ALL,
	TLS_VERSION_1_0_ALONE,
	TLS_VERSION_1_1_ALONE,
};

/* The error text of a handshake that the library cannot begin. */
extern const char stream_no_such_version[];

#endif
