using StoryLsp.Continuity.Rules;

namespace StoryLsp.Continuity;

/// <summary>All rules. A new rule is one file in <c>Rules/</c> and one line here.</summary>
internal static class RuleList
{
    /// <summary>The rules in the order of the documentation.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        new YamlSyntax(),
        new YamlDuplicateKey(),
        new MarkdownFrontMatter(),
        new SchemaInvalid(),
        new SchemaUnknownType(),
        new SchemaUnknownField(),
        new SchemaMissingField(),
        new SchemaWrongType(),
        new SchemaNotAnOption(),
        new SchemaDeprecated(),
        new RefUnresolved(),
        new RefWrongType(),
        new RefAmbiguous(),
        new RefDuplicateId(),
        new RefBrokenPath(),
        new LintUnusedIgnore(),
    ];
}
