using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Rows;

/// <summary>Section 9 of the format, row by row: every key of <c>story.yaml</c>, suppressions, and the folder <c>.story</c>.</summary>
public sealed class SettingsRows
{
    [Test]
    public async Task Title_language_status_names_and_ai_are_read()
    {
        using var row = await StoryRow.OfAsync("""
            //- story.yaml
            story: 1
            title: The Hollow Creek Affair
            language: de
            status: complete
            calendar: gregorian
            names: {ignore: [Providence]}
            ai:
              enabled: true
              provider: openai
              endpoint: http://localhost:11434/v1
              model: llama
              api_key_env: SOME_KEY
            """);
        var settings = row.Snapshot.Settings;
        Assert.Multiple(() =>
        {
            Assert.That(settings.Title, Is.EqualTo("The Hollow Creek Affair"));
            Assert.That(settings.Language, Is.EqualTo("de"));
            Assert.That(settings.IsComplete, Is.True);
            Assert.That(settings.IgnoredNames, Is.EqualTo(new[] { "Providence" }));
            Assert.That(settings.Ai.Provider, Is.EqualTo("openai"));
            Assert.That(settings.Ai.Endpoint, Is.EqualTo("http://localhost:11434/v1"));
            Assert.That(settings.Ai.Model, Is.EqualTo("llama"));
            Assert.That(settings.Ai.ApiKeyEnvironmentVariable, Is.EqualTo("SOME_KEY"));
            Assert.That(row.Findings, Is.Empty);
        });
    }

    [Test]
    public async Task Include_and_exclude_say_what_is_indexed()
    {
        using var row = await StoryRow.OfAsync("""
            //- story.yaml
            story: 1
            include: ["**/*.{md,yaml}", "radio/*.fountain"]
            exclude: ["archive/**", "**/draft-*.md"]
            //- archive/a.md
            A
            //- notes/b.md
            B
            //- notes/draft-c.md
            C
            //- radio/d.fountain
            INT. D - DAY
            //- other/e.fountain
            INT. E - DAY
            //- characters/f.yml
            name: F
            """);
        Assert.That(row.Types, Does.Contain("note b").And.Contain("scene d-1"));
        Assert.That(row.Snapshot.DocumentCount, Is.EqualTo(3));
    }

    [Test]
    public async Task Gitignore_is_honoured()
    {
        using var row = await StoryRow.OfAsync("""
            //- story.yaml
            story: 1
            //- .gitignore
            out/
            *.tmp.md
            //- out/a.md
            A
            //- notes/b.tmp.md
            B
            //- notes/c.md
            C
            """);
        Assert.That(row.Types, Is.EqualTo("note c"));
    }

    [Test]
    public async Task The_manuscript_is_the_reader_s_order()
    {
        const string scenes = """

            //- scenes/ch2-dinner.md
            ---
            chapter: 2
            order: 2
            ---
            //- scenes/ch2-murder.md
            ---
            chapter: 2
            order: 1
            ---
            //- scenes/ch1-arrival.md
            ---
            chapter: 1
            ---
            """;
        using var listed = await StoryRow.OfAsync("//- story.yaml\nstory: 1\nmanuscript: [ch2-dinner, [ch1-arrival, ch2-murder]]" + scenes);
        Assert.That(listed.Manuscript, Is.EqualTo("ch2-dinner, ch1-arrival, ch2-murder"));
        using var numbered = await StoryRow.OfAsync("//- story.yaml\nstory: 1" + scenes);
        Assert.That(numbered.Manuscript, Is.EqualTo("ch1-arrival, ch2-murder, ch2-dinner"));
    }

    [Test]
    public async Task Without_numbers_the_natural_order_of_paths_counts()
    {
        using var row = await StoryRow.OfAsync("""
            //- story.yaml
            story: 1
            //- scenes/10.md
            X
            //- scenes/2.md
            X
            //- scenes/1.md
            X
            """);
        Assert.That(row.Manuscript, Is.EqualTo("1, 2, 10"));
    }

    [TestCase("ref/unresolved: off", "")]
    [TestCase("ref/*: hint", "Hint")]
    [TestCase("ref/*: off\n  ref/unresolved: warning", "Warning")]
    [TestCase("ref/unresolved: info\n  ref/*: error", "Information")]
    public async Task Rules_have_the_severity_of_the_rule_or_else_of_its_group(string rules, string severity)
    {
        using var row = await StoryRow.OfAsync($"//- story.yaml\nstory: 1\nrules:\n  {rules}\n//- notes/a.md\n[[Nobody]]\n");
        var found = new StoryLsp.Continuity.Findings().Of(row.Snapshot, "notes/a.md");
        Assert.That(string.Join(' ', found.Select(finding => finding.Severity)), Is.EqualTo(severity));
    }

    [TestCase("<!-- story-ignore: ref/unresolved not written yet -->\n[[Nobody]]", "")]
    [TestCase("<!-- story-ignore: ref/* -->\n[[Nobody]]", "")]
    [TestCase("<!-- story-ignore: ref/unresolved -->\n\n[[Nobody]]", "")]
    [TestCase("<!-- story-ignore: ref/unresolved -->\n\nText.\n\n[[Nobody]]", "lint/unused-ignore, ref/unresolved")]
    [TestCase("<!-- story-ignore: ref/ambiguous -->\n[[Nobody]]", "lint/unused-ignore, ref/unresolved")]
    [TestCase("<!-- story-ignore-file: ref/unresolved -->\n\n[[Nobody]]\n\n[[Nowhere]]", "")]
    [TestCase("<!-- story-ignore-file: ref/unresolved -->\nText.", "lint/unused-ignore")]
    public async Task A_finding_in_Markdown_is_suppressed_where_it_stands(string prose, string codes)
    {
        using var row = await StoryRow.OfAsync($"//- story.yaml\nstory: 1\n//- notes/a.md\n{prose}\n");
        Assert.That(row.Codes, Is.EqualTo(codes));
    }

    [TestCase("# story-ignore: ref/unresolved later\nhome: nowhere", "")]
    [TestCase("name: Ada\n# story-ignore: ref/unresolved\nage: 5", "lint/unused-ignore")]
    [TestCase("# story-ignore-file: ref/unresolved\nname: Ada\nhome: nowhere", "")]
    public async Task A_finding_in_YAML_is_suppressed_where_it_stands(string yaml, string codes)
    {
        using var row = await StoryRow.OfAsync($"//- story.yaml\nstory: 1\n//- characters/a.yaml\n{yaml}\n");
        Assert.That(row.Codes, Is.EqualTo(codes));
    }

    [Test]
    public async Task The_folder_of_the_product_ignores_its_cache_and_is_no_part_of_the_story()
    {
        using var disk = new StoryOnDisk("//- story.yaml\nstory: 1\n//- notes/a.md\nA\n");
        await using (var workspace = Index.Workspace.Open(new Index.WorkspaceOptions { Root = disk.Root }))
        {
            await workspace.IndexAsync();
        }

        Assert.That(File.Exists(disk.PathOf(".story/cache/index.db")), Is.True);
        Assert.That(disk.Read(".story/cache/.gitignore").Trim(), Is.EqualTo("*"));
        disk.Write(".story/proposals/x.md", "[[Nobody]]");
        await using var again = Index.Workspace.Open(new Index.WorkspaceOptions { Root = disk.Root });
        await again.IndexAsync();
        Assert.That(again.Current.DocumentCount, Is.EqualTo(2));
    }
}
