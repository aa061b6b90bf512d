using NUnit.Framework;
using StoryLsp.Language.Text;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Sync;

/// <summary>Texts of open documents: the server's is the editor's, whatever was changed and however positions are counted.</summary>
public sealed class SyncTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        name: Ada Vane
        //- scenes/one.md
        ---
        pov: ada
        characters: [ada]
        ---
        🦊 The fox 🦊🦊 saw [[Nobody]] there. Ünïcödé [[Nowhere]].
        """;

    private static readonly EditorProfile[] Profiles =
    [
        EditorProfile.VsCode,
        EditorProfile.Utf32,
        EditorProfile.Utf32 with { Name = "UTF-8", Encoding = PositionEncoding.Utf8, Capabilities = EditorProfile.Utf32.Capabilities.Replace("utf-32", "utf-8", StringComparison.Ordinal) },
    ];

    [TestCaseSource(nameof(Profiles))]
    public async Task Findings_behind_astral_characters_stand_where_they_are(object profile)
    {
        await using var editor = await EditorHarness.StartAsync(Story, (EditorProfile)profile);
        editor.Open("scenes/one.md");
        await SaysAsync(editor, "Nobody", "Nowhere");
    }

    [TestCaseSource(nameof(Profiles))]
    public async Task Edits_among_astral_characters_are_applied_where_they_were_made(object profile)
    {
        await using var editor = await EditorHarness.StartAsync(Story, (EditorProfile)profile);
        editor.Open("scenes/one.md");
        editor.Replace("scenes/one.md", "fox 🦊", "cat 🐈🐈");
        editor.Replace("scenes/one.md", "Nowhere", "🏰 Nirgends");
        await SaysAsync(editor, "Nobody", "🏰 Nirgends");
    }

    [TestCaseSource(nameof(Profiles))]
    public async Task Several_changes_of_one_notification_follow_one_another(object profile)
    {
        await using var editor = await EditorHarness.StartAsync(Story, (EditorProfile)profile);
        editor.Open("scenes/one.md");
        var at = editor.Buffer("scenes/one.md").IndexOf("Nobody", StringComparison.Ordinal);
        editor.Edit("scenes/one.md", (at, 6, "🦊"), (at + 2, 0, "Reynard"), (at, 2, ""), (0, 0, ""));
        await SaysAsync(editor, "Reynard", "Nowhere");
    }

    [TestCase("\r\n")]
    [TestCase("\r")]
    [TestCase("\n")]
    public async Task Line_ends_of_every_kind_count_as_one(string end)
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open("scenes/one.md", editor.Story.Read("scenes/one.md").Replace("\n", end, StringComparison.Ordinal));
        await SaysAsync(editor, "Nobody", "Nowhere");
        // In the middle of a CRLF as well: typing between the two makes two line ends of them.
        var text = editor.Buffer("scenes/one.md");
        editor.Edit("scenes/one.md", (text.IndexOf("there", StringComparison.Ordinal), 0, end + "x" + end));
        await SaysAsync(editor, "Nobody", "Nowhere");
    }

    [Test]
    public async Task A_change_of_the_whole_text_is_taken()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open("scenes/one.md");
        editor.ReplaceAll("scenes/one.md", "---\npov: ada\n---\n[[Somebody]]\n");
        await SaysAsync(editor, "Somebody");
    }

    [Test]
    public async Task Positions_outside_of_the_text_mean_its_nearest_place()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open("scenes/one.md", "---\npov: ada\n---\n[[Nobody]]");
        editor.Tell("textDocument/didChange", new
        {
            textDocument = new { uri = editor.UriOf("scenes/one.md"), version = 2 },
            contentChanges = new[] { new { range = new { start = new { line = 3, character = 900 }, end = new { line = 70_000, character = 5 } }, text = " [[Beyond]]" } },
        });
        var items = (await editor.PullAsync("scenes/one.md"))["items"]!.AsArray();
        Assert.That(items.Select(item => item!["message"]!.GetValue<string>()), Has.Some.Contain("Beyond"));
        Assert.That(items[1]!["range"]!["start"]!["character"]!.GetValue<int>(), Is.GreaterThan(10).And.LessThan(15));
    }

    [Test]
    public async Task A_change_of_a_document_that_was_never_opened_is_ignored()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Tell("textDocument/didChange", new { textDocument = new { uri = editor.UriOf("scenes/one.md"), version = 2 }, contentChanges = new[] { new { text = "gone" } } });
        editor.Tell("textDocument/didClose", new { textDocument = editor.Document("scenes/one.md") });
        Assert.That(await editor.CodesAsync("scenes/one.md"), Is.EqualTo(new[] { "ref/unresolved", "ref/unresolved" }));
    }

    [Test]
    public async Task A_buffer_hides_its_file_and_never_reaches_the_disk()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        var before = editor.Story.Read("scenes/one.md");
        editor.Open("scenes/one.md");
        editor.ReplaceAll("scenes/one.md", "Nothing at all.\n");
        Assert.That(await editor.CodesAsync("scenes/one.md"), Is.Empty);
        Assert.That(editor.Story.Read("scenes/one.md"), Is.EqualTo(before));
        editor.Close("scenes/one.md");
        Assert.That(await editor.CodesAsync("scenes/one.md"), Is.EqualTo(new[] { "ref/unresolved", "ref/unresolved" }), "closed, the file counts again");
    }

    [Test]
    public async Task A_new_buffer_without_a_file_is_part_of_the_story()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open("scenes/one.md");
        editor.Open("characters/nobody.yaml", "name: Nobody\n");
        editor.Open("places/nowhere.md", "# Nowhere\n");
        Assert.That(await editor.CodesAsync("scenes/one.md"), Is.Empty);
        editor.Close("places/nowhere.md");
        Assert.That(await editor.CodesAsync("scenes/one.md"), Is.EqualTo(new[] { "ref/unresolved" }));
    }

    /// <summary>A thousand edits later the findings are those of the text that the editor has.</summary>
    [TestCaseSource(nameof(Profiles))]
    public async Task Random_edits_leave_the_same_text_on_both_sides(object profile)
    {
        await using var editor = await EditorHarness.StartAsync(Story, (EditorProfile)profile);
        editor.Open("scenes/one.md");
        string[] pieces = ["🦊", "é", "\r\n", "\n", "\r", "[[Ghost]] ", "x", "\u00a0", "𝒜da "];
        var random = new Random(7);
        for (var round = 0; round < 250; round++)
        {
            var edits = new List<(int, int, string)>();
            var text = SourceText.From(editor.Buffer("scenes/one.md"));
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                var start = Whole(text.Text, random.Next(text.Length + 1));
                var end = Whole(text.Text, Math.Min(text.Length, start + random.Next(4)));
                var edit = (start, end - start, pieces[random.Next(pieces.Length)]);
                edits.Add(edit);
                text = text.WithEdit(new TextSpan(edit.start, edit.Item2), edit.Item3);
            }

            editor.Edit("scenes/one.md", [.. edits]);
        }

        var incremental = await editor.PullAsync("scenes/one.md");
        editor.ReplaceAll("scenes/one.md", editor.Buffer("scenes/one.md"));
        var whole = await editor.PullAsync("scenes/one.md");
        Assert.That(incremental["items"]!.ToJsonString(), Is.EqualTo(whole["items"]!.ToJsonString()));
        Assert.That(whole["items"]!.AsArray(), Is.Not.Empty);
    }

    // No editor cuts a pair of surrogates, or a CRLF, in two.
    private static int Whole(string text, int offset) =>
        offset > 0 && offset < text.Length && (char.IsLowSurrogate(text[offset]) || (text[offset] == '\n' && text[offset - 1] == '\r')) ? offset - 1 : offset;

    private static async Task SaysAsync(EditorHarness editor, params string[] at)
    {
        var items = (await editor.PullAsync("scenes/one.md"))["items"]!.AsArray();
        Assert.That(items.Select(item => editor.TextAt("scenes/one.md", item!["range"]!)), Is.EqualTo(at));
    }
}
