using StoryLsp.Language.Settings;

namespace StoryLsp.Continuity;

/// <summary>The codes of all rules of the format, also of those that this version does not check yet.</summary>
internal static class RuleCodes
{
    /// <summary>The codes, group by group.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "yaml/syntax", "yaml/duplicate-key", "markdown/front-matter",
        "schema/invalid", "schema/unknown-type", "schema/unknown-field", "schema/missing-field", "schema/wrong-type", "schema/not-an-option", "schema/deprecated",
        "ref/unresolved", "ref/wrong-type", "ref/ambiguous", "ref/duplicate-id", "ref/broken-path",
        "name/drift", "name/unknown-name", "name/ambiguous-alias", "name/alias-too-early", "name/cast-missing", "name/cast-unused", "name/confusable",
        "time/bad-date", "time/contradiction", "time/order", "time/weekday", "time/elapsed", "time/age", "time/before-birth", "time/dead-acts",
        "time/two-places", "time/travel", "time/daypart", "time/duration",
        "state/attribute", "state/possession", "state/place-gone", "state/injury", "state/setting",
        "know/too-early", "know/reveal-leak", "know/pov-absent",
        "plot/setup-unpaid", "plot/payoff-first", "plot/dormant",
        "mystery/unfair-clue", "mystery/unsolvable", "mystery/late-culprit", "mystery/alibi", "mystery/red-herring-unresolved",
        "board/scene-number", "board/shot-number", "board/orphan", "board/locked-edit",
        "secret/in-prompt", "lint/unused-ignore",
        "model/personality", "model/voice", "model/causality", "model/tone",
    ];

    /// <summary>The place of a rule in the documentation, from 0; -1 for what is none of the format's.</summary>
    public static int IndexOf(string code)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (All[i] == code)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Whether a suppression names a rule: by its whole code, or by a written group as <c>ref/*</c>. No word of a sentence does so by accident.</summary>
    public static bool Suppresses(string written, string code) =>
        written == code || (written.EndsWith("/*", StringComparison.Ordinal) && code.StartsWith(written.AsSpan(0, written.Length - 1), StringComparison.Ordinal));

    /// <summary>Whether a word names a rule, or a group of them (<c>time/*</c>, <c>time</c>, <c>*</c>).</summary>
    public static bool IsRuleOrGroup(string word) => All.Any(code => StorySettings.Covers(word, code));
}
