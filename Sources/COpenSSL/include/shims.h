// libssl and libcrypto for Swift. Only what the importer cannot take stands here: macros with
// arguments, variadic functions, casts. Everything else is called by its own name.
//
// Stacks need no shim: STACK_OF(X509) and its like arrive as OpaquePointer, and OPENSSL_sk_num,
// OPENSSL_sk_value, OPENSSL_sk_push and OPENSSL_sk_pop_free take any of them.
#ifndef COPENSSL_SHIMS_H
#define COPENSSL_SHIMS_H

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/objects.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/pkcs7.h>
#include <openssl/provider.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <stddef.h>
#include <stdint.h>

// Memory BIOs.

/// Points `data` at what a memory BIO holds and returns its length in bytes.
static inline long COpenSSL_BIO_get_mem_data(BIO *bio, char **data) {
  return BIO_get_mem_data(bio, data);
}

/// The number of bytes that can be read.
static inline int COpenSSL_BIO_pending(BIO *bio) { return BIO_pending(bio); }

/// The number of bytes that wait to be written.
static inline int COpenSSL_BIO_wpending(BIO *bio) { return BIO_wpending(bio); }

/// Empties a memory BIO.
static inline int COpenSSL_BIO_reset(BIO *bio) { return (int)BIO_reset(bio); }

/// What an empty memory BIO answers to a read: -1 for "again later", 0 for end of file.
static inline void COpenSSL_BIO_set_mem_eof_return(BIO *bio, int value) {
  BIO_set_mem_eof_return(bio, value);
}

// Keys.

/// A new RSA key of so many bits, or NULL.
static inline EVP_PKEY *COpenSSL_EVP_RSA_gen(size_t bits) { return EVP_RSA_gen(bits); }

/// A new key on a named curve such as "P-256", or NULL.
static inline EVP_PKEY *COpenSSL_EVP_EC_gen(const char *curve) { return EVP_EC_gen(curve); }

// Contexts.

static inline long COpenSSL_SSL_CTX_set_mode(SSL_CTX *context, long mode) {
  return SSL_CTX_set_mode(context, mode);
}

static inline long COpenSSL_SSL_CTX_clear_mode(SSL_CTX *context, long mode) {
  return SSL_CTX_clear_mode(context, mode);
}

/// Lowest version, such as TLS1_2_VERSION; 0 for the library's lowest. Returns 1 when it is known.
static inline int COpenSSL_SSL_CTX_set_min_proto_version(SSL_CTX *context, int version) {
  return (int)SSL_CTX_set_min_proto_version(context, version);
}

/// Highest version, such as TLS1_3_VERSION; 0 for the library's highest.
static inline int COpenSSL_SSL_CTX_set_max_proto_version(SSL_CTX *context, int version) {
  return (int)SSL_CTX_set_max_proto_version(context, version);
}

static inline int COpenSSL_SSL_CTX_get_min_proto_version(SSL_CTX *context) {
  return (int)SSL_CTX_get_min_proto_version(context);
}

static inline int COpenSSL_SSL_CTX_get_max_proto_version(SSL_CTX *context) {
  return (int)SSL_CTX_get_max_proto_version(context);
}

/// SSL_SESS_CACHE_OFF, SSL_SESS_CACHE_SERVER and so on; returns the former mode.
static inline long COpenSSL_SSL_CTX_set_session_cache_mode(SSL_CTX *context, long mode) {
  return SSL_CTX_set_session_cache_mode(context, mode);
}

/// Chooses Diffie-Hellman parameters by the strength of the key (1 = on).
static inline long COpenSSL_SSL_CTX_set_dh_auto(SSL_CTX *context, int on) {
  return SSL_CTX_set_dh_auto(context, on);
}

/// Colon separated group names; returns 1 when all are known.
static inline int COpenSSL_SSL_CTX_set1_groups_list(SSL_CTX *context, const char *list) {
  return (int)SSL_CTX_set1_groups_list(context, list);
}

/// Colon separated signature algorithms; returns 1 when all are known.
static inline int COpenSSL_SSL_CTX_set1_sigalgs_list(SSL_CTX *context, const char *list) {
  return (int)SSL_CTX_set1_sigalgs_list(context, list);
}

/// Appends a certificate that is sent after the leaf. On success (1) the context owns it.
static inline int COpenSSL_SSL_CTX_add_extra_chain_cert(SSL_CTX *context, X509 *certificate) {
  return (int)SSL_CTX_add_extra_chain_cert(context, certificate);
}

static inline void COpenSSL_SSL_CTX_clear_extra_chain_certs(SSL_CTX *context) {
  SSL_CTX_clear_extra_chain_certs(context);
}

/// Appends a certificate to the chain of the current leaf; the caller keeps its own reference.
static inline int COpenSSL_SSL_CTX_add1_chain_cert(SSL_CTX *context, X509 *certificate) {
  return (int)SSL_CTX_add1_chain_cert(context, certificate);
}

static inline int COpenSSL_SSL_CTX_clear_chain_certs(SSL_CTX *context) {
  return (int)SSL_CTX_clear_chain_certs(context);
}

/// Asks for a stapled answer: TLSEXT_STATUSTYPE_ocsp.
static inline long COpenSSL_SSL_set_tlsext_status_type(SSL *ssl, int type) {
  return SSL_set_tlsext_status_type(ssl, type);
}

/// Server name indication on the server's side. The callback returns SSL_TLSEXT_ERR_OK and so on.
static inline void COpenSSL_SSL_CTX_set_tlsext_servername_callback(
    SSL_CTX *context, int (*callback)(SSL *, int *, void *)) {
  SSL_CTX_set_tlsext_servername_callback(context, callback);
}

static inline void COpenSSL_SSL_CTX_set_tlsext_servername_arg(SSL_CTX *context, void *argument) {
  SSL_CTX_set_tlsext_servername_arg(context, argument);
}

// Connections.

static inline long COpenSSL_SSL_set_mode(SSL *ssl, long mode) { return SSL_set_mode(ssl, mode); }

static inline int COpenSSL_SSL_set_min_proto_version(SSL *ssl, int version) {
  return (int)SSL_set_min_proto_version(ssl, version);
}

static inline int COpenSSL_SSL_set_max_proto_version(SSL *ssl, int version) {
  return (int)SSL_set_max_proto_version(ssl, version);
}

/// The name that a client indicates to the server; returns 1 on success.
static inline int COpenSSL_SSL_set_tlsext_host_name(SSL *ssl, const char *name) {
  return (int)SSL_set_tlsext_host_name(ssl, (void *)name);
}

/// The peer's temporary key, for the caller to free; returns 1 when there is one.
static inline int COpenSSL_SSL_get_peer_tmp_key(SSL *ssl, EVP_PKEY **key) {
  return (int)SSL_get_peer_tmp_key(ssl, key);
}

static inline int COpenSSL_SSL_get_negotiated_group(SSL *ssl) {
  return (int)SSL_get_negotiated_group(ssl);
}

static inline int COpenSSL_SSL_get_secure_renegotiation_support(SSL *ssl) {
  return (int)SSL_get_secure_renegotiation_support(ssl);
}

/// An index for SSL_set_ex_data, or -1.
static inline int COpenSSL_SSL_get_ex_new_index(void) {
  return SSL_get_ex_new_index(0, NULL, NULL, NULL, NULL);
}

/// An index for SSL_CTX_set_ex_data, or -1.
static inline int COpenSSL_SSL_CTX_get_ex_new_index(void) {
  return SSL_CTX_get_ex_new_index(0, NULL, NULL, NULL, NULL);
}

/// An index for X509_STORE_CTX_set_ex_data, or -1.
static inline int COpenSSL_X509_STORE_CTX_get_ex_new_index(void) {
  return X509_STORE_CTX_get_ex_new_index(0, NULL, NULL, NULL, NULL);
}

// Options of SSL_CTX_set_options: the macros shift, so Swift does not see them.

static const uint64_t COpenSSL_SSL_OP_ALL = SSL_OP_ALL;
static const uint64_t COpenSSL_SSL_OP_NO_COMPRESSION = SSL_OP_NO_COMPRESSION;
static const uint64_t COpenSSL_SSL_OP_NO_RENEGOTIATION = SSL_OP_NO_RENEGOTIATION;
static const uint64_t COpenSSL_SSL_OP_NO_TICKET = SSL_OP_NO_TICKET;
static const uint64_t COpenSSL_SSL_OP_NO_SSLv3 = SSL_OP_NO_SSLv3;
static const uint64_t COpenSSL_SSL_OP_NO_TLSv1 = SSL_OP_NO_TLSv1;
static const uint64_t COpenSSL_SSL_OP_NO_TLSv1_1 = SSL_OP_NO_TLSv1_1;
static const uint64_t COpenSSL_SSL_OP_NO_TLSv1_2 = SSL_OP_NO_TLSv1_2;
static const uint64_t COpenSSL_SSL_OP_NO_TLSv1_3 = SSL_OP_NO_TLSv1_3;
static const uint64_t COpenSSL_SSL_OP_CIPHER_SERVER_PREFERENCE = SSL_OP_CIPHER_SERVER_PREFERENCE;
static const uint64_t COpenSSL_SSL_OP_LEGACY_SERVER_CONNECT = SSL_OP_LEGACY_SERVER_CONNECT;
static const uint64_t COpenSSL_SSL_OP_IGNORE_UNEXPECTED_EOF = SSL_OP_IGNORE_UNEXPECTED_EOF;
static const uint64_t COpenSSL_SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION =
    SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION;

// Bytes.

/// The first place where `needle` occurs in `haystack`, or NULL; lengths in bytes.
const void *COpenSSL_memmem(const void *haystack, size_t haystack_length, const void *needle,
                            size_t needle_length);

#endif
