"""The citizens' face: every address of it, in one table."""

from __future__ import annotations

from flask import Blueprint, Flask

from extensions import csrf
from public_views import (
    accessibility,
    appearance,
    embedding,
    pages,
    published,
    published_feeds,
    receipt,
    reply,
    reply_entry,
    submit,
)

GET_POST = ("GET", "POST")


def _add_published(public: Blueprint) -> None:
    """What is published: the list, its feeds, one case."""
    public.add_url_rule("/publicerat", "published", published.published_list)
    public.add_url_rule("/publicerat/atom.xml", "published_atom", published_feeds.atom)
    public.add_url_rule("/publicerat/rss.xml", "published_rss", published_feeds.rss)
    public.add_url_rule("/publicerat/data.json", "published_data", published_feeds.open_data)
    public.add_url_rule("/publicerat/<slug>", "published_case", published.published_case)


def register(app: Flask) -> None:
    """Add the public pages to `app`."""
    public = Blueprint("public", __name__)
    public.add_url_rule("/", "home", pages.home)
    public.add_url_rule("/utseende.css", "style_sheet", appearance.style_sheet)
    public.add_url_rule("/manifest.webmanifest", "manifest", appearance.manifest)
    public.add_url_rule("/logotyp", "logo", appearance.logo)
    public.add_url_rule("/tillganglighet", "accessibility", accessibility.accessibility)
    public.add_url_rule("/personuppgifter", "privacy", pages.privacy)
    public.add_url_rule("/synpunkt/<slug>", "submit", submit.submit, methods=GET_POST)
    public.add_url_rule("/kvittens/<key>", "receipt", receipt.receipt)
    public.add_url_rule("/inbaddad/<slug>", "embedded", submit.submit, methods=GET_POST)
    public.add_url_rule("/inbaddad/kvittens/<key>", "embedded_receipt", receipt.receipt)
    public.add_url_rule("/svar", "reply_entry", reply_entry.reply_entry, methods=GET_POST)
    public.add_url_rule("/svar/<token>", "reply", reply.reply, methods=GET_POST)
    public.add_url_rule("/svar/<token>/kod", "reply_code", reply_entry.code, methods=("POST",))
    public.add_url_rule("/svar/<token>/fil/<public_id>", "attachment", reply.attachment)
    picture = "/svar/<token>/fil/<public_id>/bild"
    public.add_url_rule(picture, "thumbnail", reply.thumbnail)
    _add_published(public)
    public.before_request(embedding.open_frame)
    app.register_blueprint(public)
    app.jinja_env.globals.update(
        style_version=appearance.style_version,
        logo_version=appearance.logo_version,
        theme_colour=appearance.theme_colour,
    )
    app.jinja_env.globals.update(is_embedded=embedding.is_embedded, new_tab=embedding.new_tab)
    # These two check the token themselves and give the own text back when it is missing.
    csrf.exempt(submit.submit)
    csrf.exempt(reply.reply)
