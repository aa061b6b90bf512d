using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>All that parsing a YAML text gave: the documents, what is wrong, and the comments.</summary>
public sealed class YamlTree
{
    /// <summary>Makes a tree.</summary>
    /// <param name="documents">The documents in the order written.</param>
    /// <param name="errors">What is wrong, in the order written.</param>
    /// <param name="comments">The comments in the order written.</param>
    public YamlTree(IReadOnlyList<YamlDocument> documents, IReadOnlyList<YamlError> errors, IReadOnlyList<YamlComment> comments)
    {
        Documents = documents;
        Errors = errors;
        Comments = comments;
    }

    /// <summary>The documents in the order written; a text of nothing but comments has none.</summary>
    public IReadOnlyList<YamlDocument> Documents { get; }

    /// <summary>What is wrong, in the order written.</summary>
    public IReadOnlyList<YamlError> Errors { get; }

    /// <summary>The comments in the order written.</summary>
    public IReadOnlyList<YamlComment> Comments { get; }
}

/// <summary>One document of a text.</summary>
public sealed class YamlDocument
{
    /// <summary>Makes a document.</summary>
    /// <param name="root">The root node, or null.</param>
    /// <param name="span">From its directives, marker or first content to its end.</param>
    public YamlDocument(YamlNode? root, TextSpan span)
    {
        Root = root;
        Span = span;
    }

    /// <summary>The root node; an empty document has an empty scalar or none.</summary>
    public YamlNode? Root { get; }

    /// <summary>From its directives, <c>---</c> or first content to its end, in UTF-16 code units of the whole text.</summary>
    public TextSpan Span { get; }
}

/// <summary>A comment.</summary>
/// <param name="Span">From <c>#</c> to the end of the line, in UTF-16 code units of the whole text.</param>
public readonly record struct YamlComment(TextSpan Span);
