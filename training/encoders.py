"""Transformer encoders by the folder of their package, made quick on a processor."""
import torch
from transformers import AutoModel


def attend(self, hidden_states, attention_mask=None, position_bias=None, output_attentions=False, **_):
    """MPNet's attention by the library's fused kernel: what stands where is told by `position_bias`, which is not learned any more."""
    rows, places = hidden_states.shape[:2]
    q, k, v = (part(hidden_states).view(rows, places, self.num_attention_heads, -1).transpose(1, 2) for part in (self.q, self.k, self.v))
    bias = (position_bias if attention_mask is None else position_bias + attention_mask).to(q.dtype)
    said = torch.nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=bias)
    return (self.o(said.transpose(1, 2).reshape(rows, places, -1)),)


def encoder_of(folder, dropout=None):
    """The encoder whose model lies in `folder`; `dropout` is that of its layers' states (none within attention), else as the package has it."""
    more = {} if dropout is None else dict(hidden_dropout_prob=dropout, attention_probs_dropout_prob=0.0)
    try:
        return AutoModel.from_pretrained(folder, attn_implementation="sdpa", **more)
    except ValueError:
        encoder = AutoModel.from_pretrained(folder, **more)
    for layer in encoder.encoder.layer:
        part = layer.attention.attn
        part.forward = attend.__get__(part)
    encoder.encoder.relative_attention_bias.requires_grad_(False)
    return encoder
