"""What dovecot is told for one mailbox: versions 2.3 (Debian 12) and 2.4 (Debian 13) differ."""

from __future__ import annotations

import getpass
import grp
import os
from pathlib import Path

COMMON = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
listen = 127.0.0.1
ssl = yes
first_valid_uid = 0
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {login_user}
namespace inbox {{
  inbox = yes
  prefix = {prefix}
  separator = .
}}
service imap-login {{
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
"""
OLD = """
protocols = imap
ssl_cert = <{certificate}
ssl_key = <{certificate}
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail
passdb {{
  driver = static
  args = user={name} password={password}
}}
userdb {{
  driver = static
  args = uid={mail_user} gid={mail_group} home={folder}/home
}}
"""
NEW = """
protocols {{
  imap = yes
}}
ssl_server_cert_file = {certificate}
ssl_server_key_file = {certificate}
auth_allow_cleartext = yes
mail_driver = maildir
mail_path = {folder}/mail
mail_uid = {mail_user}
mail_gid = {mail_group}
passdb static {{
  password = {password}
}}
userdb static {{
  fields {{
    home = {folder}/home
  }}
}}
"""
NEW_HEAD = "dovecot_config_version = 2.4.0\ndovecot_storage_version = 2.4.0\n"
NO_CHROOT = "service {name} {{\n  chroot =\n}}\n"
CHROOTED = ("imap-login", "anvil", "auth", "stats", "imap")


def dovecot_conf(version: str, folder: Path, **values: object) -> str:
    """The file. As root, dovecot takes its own users; as anybody else, that one is all of them."""
    is_root, is_old = os.geteuid() == 0, version.startswith("2.3")
    user, group = getpass.getuser(), grp.getgrgid(os.getgid()).gr_name
    text = COMMON + OLD if is_old else NEW_HEAD + COMMON + NEW
    filled = text.format(
        folder=folder,
        user=user,
        group=group,
        login_user="dovenull" if is_root else user,
        mail_user="nobody" if is_root else user,
        mail_group="nogroup" if is_root else group,
        **values,
    )
    return filled if is_root else filled + "".join(NO_CHROOT.format(name=n) for n in CHROOTED)
