export { adamw, squares } from './adamw';
export { attention, attentionGradient, rotary, rotaryGradient } from './attention';
export { cachePrefixes, decodeAttention } from './decode';
export { drawTokens } from './draw';
export { addInto, embed, embedGradient, rmsNorm, rmsNormGradient, swiglu, swigluGradient } from './elementwise';
export { klToBase, policyLoss, targetLogprobs } from './loss';
export { packColumns, packTransposed, product, productOfTransposed } from './product';
