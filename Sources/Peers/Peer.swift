/// A remote mail server of the lab.
enum Peer {}
