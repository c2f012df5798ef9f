//! The elements that are read or kept, by the ids of RFC 8794 and RFC 9559.

pub(super) const EBML: u32 = 0x1A45_DFA3;
pub(super) const DOC_TYPE: u32 = 0x4282;
pub(super) const VOID: u32 = 0xEC;
pub(super) const SEGMENT: u32 = 0x1853_8067;

pub(super) const SEEK_HEAD: u32 = 0x114D_9B74;
pub(super) const SEEK: u32 = 0x4DBB;
pub(super) const SEEK_ID: u32 = 0x53AB;

pub(super) const INFO: u32 = 0x1549_A966;
pub(super) const TIMESTAMP_SCALE: u32 = 0x2A_D7B1;
pub(super) const DURATION: u32 = 0x4489;
pub(super) const MUXING_APP: u32 = 0x4D80;
pub(super) const WRITING_APP: u32 = 0x5741;

pub(super) const TRACKS: u32 = 0x1654_AE6B;
pub(super) const TRACK_ENTRY: u32 = 0xAE;
pub(super) const TRACK_NUMBER: u32 = 0xD7;
pub(super) const TRACK_TYPE: u32 = 0x83;
pub(super) const CODEC_ID: u32 = 0x86;
pub(super) const CODEC_PRIVATE: u32 = 0x63A2;
pub(super) const VIDEO: u32 = 0xE0;
pub(super) const PIXEL_WIDTH: u32 = 0xB0;
pub(super) const PIXEL_HEIGHT: u32 = 0xBA;
pub(super) const DISPLAY_WIDTH: u32 = 0x54B0;
pub(super) const DISPLAY_HEIGHT: u32 = 0x54BA;
pub(super) const DISPLAY_UNIT: u32 = 0x54B2;

pub(super) const CLUSTER: u32 = 0x1F43_B675;
pub(super) const SIMPLE_BLOCK: u32 = 0xA3;
pub(super) const BLOCK_GROUP: u32 = 0xA0;
pub(super) const BLOCK: u32 = 0xA1;

pub(super) const CUES: u32 = 0x1C53_BB6B;
pub(super) const CHAPTERS: u32 = 0x1043_A770;
pub(super) const TAGS: u32 = 0x1254_C367;
pub(super) const ATTACHMENTS: u32 = 0x1941_A469;

/// The elements that stand directly in a segment; one of them ends a cluster of unknown length.
pub(super) const OF_SEGMENT: [u32; 8] = [SEEK_HEAD, INFO, TRACKS, CLUSTER, CUES, CHAPTERS, TAGS, ATTACHMENTS];

/// What may stay within an element; `None` for one that is kept or dropped as a whole.
pub(super) fn allowed(id: u32) -> Option<&'static [u32]> {
    Some(match id {
        SEGMENT => &[SEEK_HEAD, INFO, TRACKS, CLUSTER, CUES],
        SEEK_HEAD => &[SEEK],
        INFO => &[TIMESTAMP_SCALE, DURATION, MUXING_APP, WRITING_APP],
        TRACKS => &[TRACK_ENTRY],
        // Numbers, flags, lengths of frames, languages, codec, video, audio, encodings.
        TRACK_ENTRY => &[
            TRACK_NUMBER,
            0x73C5,
            TRACK_TYPE,
            0xB9,
            0x88,
            0x55AA,
            0x9C,
            0x6DE7,
            0x6DF8,
            0x23_E383,
            0x23_4E7A,
            0x23_314F,
            0x55EE,
            0x41E4,
            0x22_B59C,
            0x22_B59D,
            CODEC_ID,
            CODEC_PRIVATE,
            0xAA,
            0x56AA,
            0x56BB,
            VIDEO,
            0xE1,
            0x6D80,
        ],
        // Time, place, size before; blocks.
        CLUSTER => &[0xE7, 0xA7, 0xAB, SIMPLE_BLOCK, BLOCK_GROUP],
        // The block, its length, what it refers to, and what belongs to it (transparency).
        BLOCK_GROUP => &[BLOCK, 0x9B, 0xFA, 0xFB, 0x75A1, 0x75A2, 0xA4],
        _ => return None,
    })
}
