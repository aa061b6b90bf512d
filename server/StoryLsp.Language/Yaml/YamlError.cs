using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>What is wrong in a YAML text.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Span">Where, in UTF-16 code units of the whole text.</param>
/// <param name="Message">What is wrong and what to do, for writers.</param>
/// <param name="Slip">How to put it right, when the parser knows.</param>
public sealed record YamlError(YamlErrorKind Kind, TextSpan Span, string Message, YamlSlip? Slip = null);

/// <summary>A repair of a writer's slip.</summary>
/// <param name="Title">What the repair does, as the title of a quick fix.</param>
/// <param name="Edits">The replacements, ascending, in UTF-16 code units of the whole text.</param>
/// <param name="Other">Another repair, which changes the value: the one to take where the first is not what was meant.</param>
public sealed record YamlSlip(string Title, IReadOnlyList<TextEdit> Edits, YamlSlip? Other = null);

/// <summary>The kinds of faults.</summary>
public enum YamlErrorKind
{
    /// <summary>A line that is neither a key with a value nor a list item.</summary>
    BrokenLine,

    /// <summary>A second <c>: </c> in a value without quotes (<c>title: Chapter 1: Arrival</c>); the value is the rest of the line.</summary>
    ColonInValue,

    /// <summary>A value without quotes that begins with a character that YAML keeps for itself (<c>@ada</c>); the value is as written.</summary>
    ReservedCharacter,

    /// <summary>A tab where YAML counts spaces; read as the indentation that was meant.</summary>
    TabIndentation,

    /// <summary>A line that is indented like none of those that could hold it.</summary>
    Indentation,

    /// <summary>A quote that is never closed.</summary>
    UnclosedQuote,

    /// <summary>A bracket or brace that is never closed.</summary>
    UnclosedBracket,

    /// <summary>Something wrong inside brackets or braces: a comma too many or too few, a bracket of the wrong kind.</summary>
    BrokenFlow,

    /// <summary>Text behind a value that is already complete (<c>"a" b</c>); the value is the whole.</summary>
    TextAfterValue,

    /// <summary>A value in curly quotes, which are a part of the text for YAML; the value is what stands between them.</summary>
    CurlyQuotes,

    /// <summary>No space after the colon or dash (<c>key:value</c>).</summary>
    MissingSpace,

    /// <summary>A full-width colon (<c>：</c>) behind a key; read as the plain one.</summary>
    WideColon,

    /// <summary>A key without its colon, above what is indented below it; read as a key.</summary>
    MissingColon,

    /// <summary>An alias of an anchor that is not there.</summary>
    UndefinedAlias,

    /// <summary>A backslash sequence that YAML does not know.</summary>
    BadEscape,

    /// <summary>A tag or anchor that cannot stand there or is not well formed.</summary>
    BadProperty,

    /// <summary>A directive (<c>%YAML</c>, <c>%TAG</c>) that cannot stand there or is not well formed.</summary>
    BadDirective,

    /// <summary>The header of a block scalar (<c>|</c>, <c>&gt;</c>) is not well formed, or its lines are indented wrongly.</summary>
    BadBlockScalar,

    /// <summary>A key that spans several lines without <c>?</c>.</summary>
    MultilineKey,

    /// <summary>Nested more deeply than anything that is written by hand; the rest of that part was skipped.</summary>
    TooDeep,
}
