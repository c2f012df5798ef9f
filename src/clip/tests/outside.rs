//! Addresses of videos elsewhere.

use super::super::outside::{Provider, parse};

#[test]
fn knows_every_form_of_a_youtube_address() {
    for url in [
        "https://www.youtube.com/watch?v=dQw4w9-_gXc",
        "https://youtube.com/watch?app=desktop&v=dQw4w9-_gXc&t=42s",
        "https://m.youtube.com/watch?v=dQw4w9-_gXc#x",
        "HTTPS://YouTu.be/dQw4w9-_gXc?si=abcdef",
        "https://www.youtube.com/shorts/dQw4w9-_gXc",
        "https://www.youtube.com/live/dQw4w9-_gXc?feature=share",
        "https://www.youtube.com/embed/dQw4w9-_gXc",
        " https://www.youtube-nocookie.com/embed/dQw4w9-_gXc/ ",
    ] {
        let found = parse(url).unwrap_or_else(|| unreachable!("{url}"));
        assert_eq!(found.provider, Provider::YouTube);
        assert_eq!(found.page, "https://www.youtube.com/watch?v=dQw4w9-_gXc");
        assert_eq!(found.frame, "https://www.youtube-nocookie.com/embed/dQw4w9-_gXc?autoplay=1");
    }
}

#[test]
fn knows_every_form_of_a_vimeo_address() {
    let open = parse("https://vimeo.com/123456789?share=copy").expect("it is a video");
    assert_eq!(open.provider.name(), "Vimeo");
    assert_eq!(open.page, "https://vimeo.com/123456789");
    assert_eq!(open.frame, "https://player.vimeo.com/video/123456789?dnt=1&autoplay=1");
    for url in [
        "https://vimeo.com/123456789/abcdef0123",
        "https://vimeo.com/123456789?h=abcdef0123",
        "https://player.vimeo.com/video/123456789?h=abcdef0123&badge=0",
    ] {
        let unlisted = parse(url).unwrap_or_else(|| unreachable!("{url}"));
        assert_eq!(unlisted.page, "https://vimeo.com/123456789/abcdef0123");
        assert_eq!(unlisted.frame, "https://player.vimeo.com/video/123456789?h=abcdef0123&dnt=1&autoplay=1");
    }
}

#[test]
fn takes_nothing_else() {
    for url in [
        "",
        "é",
        "http://youtu.be/dQw4w9-_gXc",
        "https://youtu.be/dQw4w9-_gX",
        "https://youtu.be/dQw4w9-_g\"c",
        "https://youtube.com.example.org/watch?v=dQw4w9-_gXc",
        "https://youtube.com@example.org/watch?v=dQw4w9-_gXc",
        "https://www.youtube.com/@saltlight",
        "https://www.youtube.com/playlist?list=dQw4w9-_gXc",
        "https://vimeo.com/saltlight",
        "https://vimeo.com/123/notahash",
        "https://example.org/dQw4w9-_gXc",
    ] {
        assert_eq!(parse(url), None, "{url}");
    }
}
