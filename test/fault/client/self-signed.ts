import type { Certificate } from "../../support/raw-server.ts";

/** Made for these tests, signed by nobody, valid for this machine only: a key that guards nothing. */
export const SELF_SIGNED: Certificate = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUEMMHU/8kgUxwRppazLJs+o7zD1QwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDA2MDgzM1oYDzIxMjYxMDMx
MDYwODMzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATF/ovzkvEYD1YvCheJeX1JHiVVpkFGisi4SymIMCX/JMY5DJwWpr9U
nYLFRWoexi8l3829e7IDId3LGNGOSp9Mo28wbTAdBgNVHQ4EFgQUubwrAHETyAlf
+p6+k129WVfmC0kwHwYDVR0jBBgwFoAUubwrAHETyAlf+p6+k129WVfmC0kwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIgbwRznXxs6SVN5ZYC4g5+n8PZIgkz9O3yVpvlLF98UosCIQDz
ntK4YD+C3Dqo3BU4cYVCCaxDvFVqVli5gvh7dD02AA==
-----END CERTIFICATE-----`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg6z0mXoZYgea0561u
q3h75n7xYsQjtsg0jEtxvrKbgwmhRANCAATF/ovzkvEYD1YvCheJeX1JHiVVpkFG
isi4SymIMCX/JMY5DJwWpr9UnYLFRWoexi8l3829e7IDId3LGNGOSp9M
-----END PRIVATE KEY-----`,
};
