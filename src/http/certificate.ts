/** What is wrong with a certificate, and how to mend it, in words. */
type CertificateWords = { readonly words: string; readonly advice: string };

const ADD_AUTHORITY =
  "Where your company's proxy or server has an authority of its own, set NODE_EXTRA_CA_CERTS to the PEM file of that authority's certificate (docs/network.md).";

const UNKNOWN_AUTHORITY: CertificateWords = {
  words: "the certificate is signed by an authority that Node.js does not know",
  advice: ADD_AUTHORITY,
};

const SELF_SIGNED: CertificateWords = {
  words: "the certificate is self-signed, so nothing vouches for it",
  advice: ADD_AUTHORITY,
};

const FAULTS: Readonly<Record<string, CertificateWords>> = {
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  DEPTH_ZERO_SELF_SIGNED_CERT: SELF_SIGNED,
  CERT_HAS_EXPIRED: {
    words: "the certificate has expired",
    advice: "Whoever runs that server must renew it. Check the clock of this machine too.",
  },
  CERT_NOT_YET_VALID: {
    words: "the certificate is not valid yet",
    advice: "Check the clock of this machine; whoever runs that server must mend the certificate otherwise.",
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    words: "the certificate is for another host name",
    advice: "Check the host name in the URL; whoever runs that server must mend the certificate otherwise.",
  },
};

const OTHER_FAULT =
  /^(?:CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH)/;

/** The words for an error code of Node.js or OpenSSL; null for a code that is not about a certificate. */
export function certificateWords(code: string): CertificateWords | null {
  const known = FAULTS[code];
  if (known !== undefined) return known;
  if (!OTHER_FAULT.test(code)) return null;
  return {
    words: "the certificate is not accepted",
    advice: "Whoever runs that server must mend it.",
  };
}
