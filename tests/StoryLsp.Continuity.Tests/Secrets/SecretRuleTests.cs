using NUnit.Framework;
using StoryLsp.Continuity.Secrets;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Continuity.Tests;

/// <summary>The rules of group <c>secret</c>.</summary>
public class SecretRuleTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- schemas/recipe.yaml
        schema: recipe
        extends: item
        fields:
          mordant: {type: enum, options: [alum, iron], secret: true}
          trick: {type: text, secret: true}
          code: {type: integer, secret: true}
          dyer: {type: reference, target: character, secret: true}
          steps: {type: list, of: {type: object, fields: {what: {type: string, secret: true}, when: {type: string}}}}
        //- characters/lena.yaml
        name: Lena Duquette
        //- recipes/madder.yaml
        name: Madder Red
        mordant: alum
        trick: The pump by the kitchen door, which gives water that is half alum already.
        code: 4711
        dyer: lena
        steps:
          - {what: Crushed oyster shells, when: at noon}

        """;

    [Test]
    public void What_a_prompt_tells_of_a_secret_is_found() => RuleCheck.Faults(Story + """
        //- .story/runs/7/prompt.md
        Madder Red is made by Lena Duquette with alum, at noon.
        Use crushed OYSTER shells. The number is 4711.
        #   ^^^^^^^^^^^^^^^^^^^^^ secret/in-prompt error: This says what `what` of Madder Red keeps secret
        #                                        ^^^^ secret/in-prompt error: `code` of Madder Red
        She knew the kitchen dóor, which gives well water.
        #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ secret/in-prompt error: `trick` of Madder Red
        """);

    [Test]
    public void Redacting_it_leaves_the_rest() => RuleCheck.Fix(Story + """
        //- .story/runs/7/prompt.md
        Use crushed oyster shells.
        """, "secret/in-prompt", "Redact it", Story + """
        //- .story/runs/7/prompt.md
        Use [redacted].
        """);

    [Test]
    public void Common_words_in_a_row_and_a_file_that_is_no_prompt_say_nothing() => RuleCheck.Clean(Story + """
        //- .story/runs/7/prompt.md
        She sat at the pump by the well. The oyster. Shells, crushed. 47 and 11.
        //- notes/recipe.md
        Crushed oyster shells, 4711.
        """);

    [Test]
    public void Characters_that_nobody_sees_hide_nothing() => Assert.That(
        PromptSecrets.In(FixtureWorkspace.Of(Story).Snapshot, SourceText.From("crushed oy\u200Bster\r\nshells")).Select(said => (said.Span.Start, said.Span.End)),
        Is.EqualTo([(0, 23)]));

    private const string Mystery = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        name: Ada
        //- characters/tom.yaml
        name: Tom
        //- facts/will.yaml
        id: will
        statement: Tom wrote the will himself at night.
        terms: [forgery]
        secret_until: two
        //- facts/boat.yaml
        id: boat
        statement: The skiff has a hole under the seat.
        known_by: [tom]
        //- clues/ink.yaml
        id: ink
        text: Wet ink on a dry desk.
        //- cases/case.yaml
        means: A razor hidden in the book.
        reveal: three
        //- scenes/scenes.md
        # One
        ```story
        id: one
        pov: ada
        ```
        A.
        # Two
        ```story
        id: two
        pov: tom
        plants: [ink]
        ```
        B.
        # Three
        ```story
        id: three
        pov: ada
        ```
        C.

        """;

    [Test]
    public void Before_its_time_a_fact_a_clue_and_a_solution_are_secret() => RuleCheck.Faults(Mystery + """
        //- .story/runs/0123456789ab/prompt.md
        ---
        run: 0123456789ab
        input: one
        left_out: [forgery]
        ---
        It was a forgery. Wet ink on a dry desk.
        #        ^^^^^^^ secret/in-prompt error: This gives away a fact that the reader is not to learn yet
        #                 ^^^^^^^^^^^^^^^^^^^^^ secret/in-prompt error: a clue that no scene has planted yet
        Tom wrote the letter. A hole under the seat.
        #                     ^^^^^^^^^^^^^^^^^^^^^ secret/in-prompt error: a fact that the viewpoint character cannot know here
        There is a razor hidden in the drawer.
        #        ^^^^^^^^^^^^^^^^^^^^^ secret/in-prompt error: `means` of
        """);

    [Test]
    public void When_its_time_has_come_it_may_be_said() => RuleCheck.Clean(Mystery + """
        //- .story/runs/0123456789ab/prompt.md
        ---
        run: 0123456789ab
        input: two
        ---
        It was a forgery. Tom wrote the will himself at night. Wet ink on a dry desk. A hole under the seat.
        """);

    [Test]
    public void Whose_eyes_decides() => RuleCheck.Faults(Mystery + """
        //- .story/runs/0123456789ab/prompt.md
        ---
        input: three
        ---
        Tom wrote the will himself. A hole under the seat.
        #                           ^^^^^^^^^^^^^^^^^^^^^ secret/in-prompt error: a fact that the viewpoint character cannot know here
        """);

    [Test]
    public void A_prompt_for_nothing_in_the_story_stands_before_all_of_it() => RuleCheck.Faults(Mystery + """
        //- .story/runs/0123456789ab/prompt.md
        It was a forgery. A hole under the seat.
        #        ^^^^^^^ secret/in-prompt error
        """);

    [Test]
    public void A_prompt_that_is_no_part_of_the_index_is_looked_at_when_it_is_open()
    {
        var folder = Directory.CreateTempSubdirectory("storylsp");
        try
        {
            FixtureWorkspace.Of(Story).WriteTo(folder.FullName);
            using var workspace = new OpenWorkspace(folder.FullName);
            var snapshot = workspace.Open(".story/runs/7/prompt.md", "Use crushed oyster shells.");
            Assert.That(snapshot.Facts(".story/runs/7/prompt.md"), Is.Null);
            var findings = new Findings();
            var found = findings.Of(snapshot, ".story/runs/7/prompt.md").Single();
            Assert.That(found.Code, Is.EqualTo("secret/in-prompt"));
            Assert.That(findings.FixesOf(snapshot, ".story/runs/7/prompt.md", found), Has.Count.EqualTo(1));
        }
        finally
        {
            folder.Delete(true);
        }
    }

    private sealed class OpenWorkspace : IDisposable
    {
        private readonly Index.Workspace _workspace;

        public OpenWorkspace(string root)
        {
            _workspace = Index.Workspace.Open(new() { Root = root, DocumentRules = Findings.DocumentRules, UseIndexFile = false });
            _workspace.IndexAsync(null, CancellationToken.None).GetAwaiter().GetResult();
        }

        public Index.Snapshot Open(string path, string text) => _workspace.OpenDocument(path, 1, SourceText.From(text));

        public void Dispose() => _workspace.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
