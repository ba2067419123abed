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

/// Lowest version, such as TLS1_2_VERSION; 0 for the library's lowest. Returns 1 when it is known.
static inline int COpenSSL_SSL_CTX_set_min_proto_version(SSL_CTX *context, int version) {
  return (int)SSL_CTX_set_min_proto_version(context, version);
}

/// Highest version, such as TLS1_3_VERSION; 0 for the library's highest.
static inline int COpenSSL_SSL_CTX_set_max_proto_version(SSL_CTX *context, int version) {
  return (int)SSL_CTX_set_max_proto_version(context, version);
}

/// SSL_SESS_CACHE_OFF, SSL_SESS_CACHE_SERVER and so on; returns the former mode.
static inline long COpenSSL_SSL_CTX_set_session_cache_mode(SSL_CTX *context, long mode) {
  return SSL_CTX_set_session_cache_mode(context, mode);
}

/// Chooses Diffie-Hellman parameters by the strength of the key (1 = on).
static inline long COpenSSL_SSL_CTX_set_dh_auto(SSL_CTX *context, int on) {
  return SSL_CTX_set_dh_auto(context, on);
}

/// Appends a certificate to the chain of the current leaf; the caller keeps its own reference.
static inline int COpenSSL_SSL_CTX_add1_chain_cert(SSL_CTX *context, X509 *certificate) {
  return (int)SSL_CTX_add1_chain_cert(context, certificate);
}

// Connections.

/// The name that a client indicates to the server; returns 1 on success.
static inline int COpenSSL_SSL_set_tlsext_host_name(SSL *ssl, const char *name) {
  return (int)SSL_set_tlsext_host_name(ssl, (void *)name);
}

// Options of SSL_CTX_set_options: the macros shift, so Swift does not see them.

static const uint64_t COpenSSL_SSL_OP_NO_COMPRESSION = SSL_OP_NO_COMPRESSION;
static const uint64_t COpenSSL_SSL_OP_NO_RENEGOTIATION = SSL_OP_NO_RENEGOTIATION;
static const uint64_t COpenSSL_SSL_OP_NO_TICKET = SSL_OP_NO_TICKET;
static const uint64_t COpenSSL_SSL_OP_CIPHER_SERVER_PREFERENCE = SSL_OP_CIPHER_SERVER_PREFERENCE;
static const uint64_t COpenSSL_SSL_OP_LEGACY_SERVER_CONNECT = SSL_OP_LEGACY_SERVER_CONNECT;

#endif
