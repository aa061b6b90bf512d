using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Findings;

/// <summary>Findings of an open prompt, which is no part of the index, for an editor to which findings are pushed.</summary>
public sealed class PromptTests
{
    private const string Prompt = ".story/runs/0123456789ab/prompt.md";
    private const string Story = """
        //- story.yaml
        story: 1
        //- schemas/spy.yaml
        schema: spy
        extends: character
        fields:
          cover: {type: text, secret: true}
        //- spies/tom.yaml
        type: spy
        name: Tom Weir
        cover: baker of Hollow Creek
        """;

    [Test]
    public async Task A_secret_in_a_prompt_is_pushed_while_the_prompt_is_open_and_withdrawn_when_it_is_closed()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Minimal);
        editor.Open(Prompt, "---\nmodel: small\n---\nSay that he is the baker of Hollow Creek.\n");
        await editor.PushedBecomesAsync(Prompt, "secret/in-prompt");
        editor.Replace(Prompt, "the baker of Hollow Creek", "somebody");
        await editor.PushedBecomesAsync(Prompt);
        editor.Replace(Prompt, "somebody", "the baker of Hollow Creek");
        await editor.PushedBecomesAsync(Prompt, "secret/in-prompt");
        editor.Close(Prompt);
        await editor.PushedBecomesAsync(Prompt);
    }
}
